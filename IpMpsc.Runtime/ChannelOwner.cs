using System.Diagnostics.CodeAnalysis;
using IpMpsc.Opening;
using IpMpsc.Platform;

namespace IpMpsc;

/// <summary>
/// An owner whose channels a participant or an observer opens. The owner of a file can truncate it, which ends every process that
/// has it mapped, so a process opens only the files of owners that it trusts: by default only those of its own user.
/// </summary>
/// <remarks>
/// Instances are immutable and safe for any number of threads. On Windows, users and groups are names or identifiers such as
/// "S-1-5-18", and <see cref="MemberOf"/> covers what the group itself owns: Windows does not tell cheaply who is in a group.
/// </remarks>
public sealed record ChannelOwner : IParsable<ChannelOwner>
{
    private ChannelOwner(OwnerRule rule) => Rule = rule;

    /// <summary>The user of this process.</summary>
    public static ChannelOwner Self { get; } = new(new OwnerRule(OwnerKind.Self, ""));

    /// <summary>The administrator, user 0. On Windows the system and the administrators, who own the files of elevated processes.</summary>
    public static ChannelOwner Root { get; } = new(new OwnerRule(OwnerKind.User, "0"));

    /// <summary>What the file system is asked.</summary>
    internal OwnerRule Rule { get; }

    /// <summary>One user.</summary>
    /// <param name="user">The name or the number of the user.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static ChannelOwner User(string user)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return new ChannelOwner(new OwnerRule(OwnerKind.User, user));
    }

    /// <summary>Every member of a group.</summary>
    /// <param name="group">The name or the number of the group.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static ChannelOwner MemberOf(string group)
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        return new ChannelOwner(new OwnerRule(OwnerKind.Group, group));
    }

    /// <summary>Reads what <see cref="ToString"/> writes, for configuration files and command lines.</summary>
    /// <param name="s">"Self", "Root", "User:NAME" or "MemberOf:GROUP"; the case of the word does not matter.</param>
    /// <param name="provider">Not used: the text is the same in every culture.</param>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static ChannelOwner Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out ChannelOwner? owner)
        ? owner
        : throw new FormatException($"'{s}' does not name owners of channels: use Self, Root, User:NAME or MemberOf:GROUP.");

    /// <summary>Reads what <see cref="ToString"/> writes, if the text is that.</summary>
    /// <param name="s">The text, see <see cref="Parse"/>.</param>
    /// <param name="provider">Not used: the text is the same in every culture.</param>
    /// <param name="result">The owners; null if the text names none.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out ChannelOwner? result)
    {
        result = WordAndName.Split(s) switch
        {
            ("SELF", "") => Self,
            ("ROOT", "") => Root,
            ("USER", { Length: > 0 } user) => User(user),
            ("MEMBEROF", { Length: > 0 } group) => MemberOf(group),
            _ => null,
        };
        return result is not null;
    }

    /// <inheritdoc />
    public override string ToString() => this == Self ? nameof(Self)
        : this == Root ? nameof(Root)
        : Rule.Kind == OwnerKind.User ? $"User:{Rule.Name}"
        : $"MemberOf:{Rule.Name}";

    /// <summary>The rules of some owners; those of the default if there are none.</summary>
    internal static IReadOnlyList<OwnerRule> RulesOf(IReadOnlyList<ChannelOwner>? owners) =>
        owners is null ? OwnerRule.SelfOnly : RulesOfThose(owners);

    // Apart from the usual case, which then needs no System.Linq: loading that takes time when the first channel opens.
    private static OwnerRule[] RulesOfThose(IReadOnlyList<ChannelOwner> owners) => [.. owners.Select(static owner => owner.Rule)];
}
