using System.Diagnostics.CodeAnalysis;
using IpMpsc.Opening;
using IpMpsc.Platform;

namespace IpMpsc;

/// <summary>
/// Who besides its owner may open a channel: nobody, the members of a group, or the members of a group as observers. The
/// creator of a channel chooses it, see <see cref="IpcChannelOptions.Access"/>, and its umask has no part in it.
/// </summary>
/// <remarks>
/// Members who may write can destroy and forge messages and block the others. They cannot make another participant access
/// memory outside the mapping, loop forever or crash. SECURITY.md lists what each of them can do. Instances are
/// immutable and safe for any number of threads.
/// </remarks>
public sealed record ChannelSharing : IParsable<ChannelSharing>
{
    private ChannelSharing(GroupAccess access) => FileAccess = access;

    /// <summary>Only processes of the owner: mode 0600. The default.</summary>
    public static ChannelSharing OwnerOnly { get; } = new(GroupAccess.None);

    /// <summary>What the file system is told.</summary>
    internal GroupAccess FileAccess { get; }

    /// <summary>The members of a group may send, receive and observe: mode 0660.</summary>
    /// <param name="group">
    /// The name or the number of a group of which the creator is a member. On Windows a group or user, as a name or as an identifier such as "S-1-5-32-545".
    /// </param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static ChannelSharing WithGroup(string group) => Create(group, mayWrite: true);

    /// <summary>
    /// The members of a group may observe, as <see cref="ChannelObserver"/> and <see cref="IpcChannel.Inspect(string)"/> do,
    /// and nothing else: mode 0640.
    /// </summary>
    /// <inheritdoc cref="WithGroup" />
    public static ChannelSharing WithObservers(string group) => Create(group, mayWrite: false);

    /// <summary>Reads what <see cref="ToString"/> writes, for configuration files and command lines.</summary>
    /// <param name="s">"OwnerOnly", "Group:NAME" or "Observers:NAME"; the case of the word does not matter.</param>
    /// <param name="provider">Not used: the text is the same in every culture.</param>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static ChannelSharing Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out ChannelSharing? sharing)
        ? sharing
        : throw new FormatException($"'{s}' does not say who may open a channel: use OwnerOnly, Group:NAME or Observers:NAME.");

    /// <summary>Reads what <see cref="ToString"/> writes, if the text is that.</summary>
    /// <param name="s">The text, see <see cref="Parse"/>.</param>
    /// <param name="provider">Not used: the text is the same in every culture.</param>
    /// <param name="result">Who may open a channel; null if the text does not say it.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out ChannelSharing? result)
    {
        result = WordAndName.Split(s) switch
        {
            ("OWNERONLY", "") => OwnerOnly,
            ("GROUP", { Length: > 0 } group) => WithGroup(group),
            ("OBSERVERS", { Length: > 0 } group) => WithObservers(group),
            _ => null,
        };
        return result is not null;
    }

    /// <inheritdoc />
    public override string ToString() => FileAccess.Group is not { } group ? nameof(OwnerOnly)
        : FileAccess.MayWrite ? $"Group:{group}"
        : $"Observers:{group}";

    private static ChannelSharing Create(string group, bool mayWrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        return new ChannelSharing(new GroupAccess(group, mayWrite));
    }
}
