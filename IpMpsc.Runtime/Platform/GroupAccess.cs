namespace IpMpsc.Platform;

/// <summary>What a group may do with a new file, beside its owner.</summary>
/// <param name="Group">Name or number of the group; null if there is none.</param>
/// <param name="MayWrite">Whether its members may write, and so take part.</param>
internal readonly record struct GroupAccess(string? Group, bool MayWrite)
{
    public static GroupAccess None => default;
}
