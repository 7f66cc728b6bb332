namespace IpMpsc.Examples.Tour;

/// <summary>One row of the table: what was tried, and the result.</summary>
/// <param name="What">What was tried.</param>
/// <param name="Measured">What IpMpsc did.</param>
/// <param name="Socket">What a Unix domain socket did with the same work; empty if it cannot do it.</param>
/// <param name="Verdict">What that shows, in a few words.</param>
/// <param name="Complaints">What did not hold; empty if everything did.</param>
internal sealed record Finding(string What, string Measured, string Socket, string Verdict, IReadOnlyList<string> Complaints)
{
    /// <summary>Whether the README's claim behind this row held.</summary>
    public bool Holds => Complaints.Count == 0;
}
