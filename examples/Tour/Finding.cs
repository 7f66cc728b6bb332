namespace IpMpsc.Examples.Tour;

/// <summary>One line of the table: what was tried, and what came of it.</summary>
/// <param name="What">What was tried.</param>
/// <param name="Measured">What IpMpsc did.</param>
/// <param name="Socket">What a Unix domain socket did with the same work; empty if it cannot do it.</param>
/// <param name="Verdict">What that shows, in a few words.</param>
/// <param name="Complaints">What did not hold; empty if everything did.</param>
internal sealed record Finding(string What, string Measured, string Socket, string Verdict, IReadOnlyList<string> Complaints)
{
    /// <summary>Whether the claim of the README that stands behind this line held.</summary>
    public bool Holds => Complaints.Count == 0;
}
