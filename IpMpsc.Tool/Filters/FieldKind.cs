namespace IpMpsc.Tool.Filters;

/// <summary>What values can be compared with.</summary>
internal enum FieldKind
{
    /// <summary>A number, or an enum.</summary>
    Number,

    /// <summary>Text of any kind.</summary>
    Text,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A date, a time or a Guid, which an expression spells as text.</summary>
    Parsed,

    /// <summary>An array.</summary>
    List,

    /// <summary>Anything else: it can only be null or not.</summary>
    Other,
}
