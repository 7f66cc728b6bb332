namespace IpMpsc.Schemas;

/// <summary>A value does not fit the schema that it is to be encoded by.</summary>
public sealed class MessageValueException : ArgumentException
{
    internal MessageValueException(string field, string? expected, string problem) : base(problem)
    {
        Field = field;
        Expected = expected;
    }

    /// <summary>
    /// The field, with the message and the fields that it is in, such as <c>Demo.Frame.Origin.X</c> or
    /// <c>Demo.Frame.Marks[3]</c>. If a field does not exist, it is what should have it.
    /// </summary>
    public string Field { get; }

    /// <summary>Its type as the schema spells it, or "message"; null if there is no such field.</summary>
    public string? Expected { get; }
}
