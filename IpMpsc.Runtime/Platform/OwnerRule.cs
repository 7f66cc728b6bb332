namespace IpMpsc.Platform;

/// <summary>Owners whose files may be opened.</summary>
/// <param name="Kind">Which owners.</param>
/// <param name="Name">Name or number of a user or group.</param>
internal sealed record OwnerRule(OwnerKind Kind, string Name)
{
    /// <summary>The user of this process and nobody else.</summary>
    public static IReadOnlyList<OwnerRule> SelfOnly { get; } = new OwnerRule[] { new(OwnerKind.Self, "") };

    public override string ToString() => Kind switch
    {
        OwnerKind.Self => "itself",
        OwnerKind.User => $"user {Name}",
        _ => $"members of group {Name}",
    };
}
