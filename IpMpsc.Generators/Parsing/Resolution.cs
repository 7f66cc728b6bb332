using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Parsing;

/// <summary>What a type is in a message, or why it has no place in one.</summary>
/// <param name="Type">What it is; null if it is refused.</param>
/// <param name="Refusal">Why it is refused and what to write instead; empty if it is not, or if that is told elsewhere.</param>
internal sealed record Resolution(FieldType? Type, string Refusal)
{
    /// <summary>A refusal for a mistake that is told where it is, in the message that the field has.</summary>
    public static Resolution Told { get; } = new(null, "");

    public static implicit operator Resolution(FieldType type) => new(type, "");

    /// <summary>A refusal with a type that is accepted.</summary>
    public static Resolution Use(string reason, string alternative) => new(null, $"{reason}; use '{alternative}'");

    /// <summary>A refusal with something else to do.</summary>
    public static Resolution Refuse(string text) => new(null, text);
}
