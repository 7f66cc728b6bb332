namespace IpMpsc.Generators.Models;

/// <summary>How a field is used in place.</summary>
internal enum FieldShape
{
    /// <summary>A number, an enum or a struct of these: it lies in the block as it lies in memory.</summary>
    Image,

    /// <summary>A value that is seen as a copy, because not all bits are valid or it has no form of its own in place.</summary>
    Value,

    /// <summary>Bytes or elements behind the block that are seen as a span, such as a text or an array of numbers.</summary>
    Span,

    /// <summary>A collection that is seen element by element.</summary>
    Collection,

    /// <summary>A message behind the block.</summary>
    Message,

    /// <summary>A collection of messages behind the block.</summary>
    Messages,
}
