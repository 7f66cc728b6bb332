namespace IpMpsc.Tool.Filters;

/// <summary>An expression that is wrong, and where.</summary>
/// <param name="position">The index of the character in the text.</param>
/// <param name="message">What is wrong, as a sentence.</param>
internal sealed class ExpressionException(int position, string message) : Exception(message)
{
    public int Position { get; } = position;

    /// <summary>The name of a field that the type does not have; null for any other mistake.</summary>
    public string? UnknownField { get; init; }
}
