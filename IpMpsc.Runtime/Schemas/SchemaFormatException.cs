namespace IpMpsc.Schemas;

/// <summary>A text is not a schema, or describes messages that no generator would lay out like that.</summary>
public sealed class SchemaFormatException : Exception
{
    internal SchemaFormatException(int line, string problem, Exception? innerException = null)
        : base($"Line {line} of the schema: {problem}.", innerException) => Line = line;

    /// <summary>The line at which it was noticed, from 1.</summary>
    public int Line { get; }
}
