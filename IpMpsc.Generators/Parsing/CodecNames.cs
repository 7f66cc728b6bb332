namespace IpMpsc.Generators.Parsing;

/// <summary>
/// Types of the runtime as generated code spells them: with the aliases that every generated file declares, and with "::",
/// which finds nothing but aliases, whatever names the author of a message uses.
/// </summary>
internal static class CodecNames
{
    public const string Wire = "__wire::";
    public const string Range = Wire + "WireRange";
    private const string Codecs = "__codecs::";
    private const string Views = "__views::";

    public static string Codec(string name) => Codecs + name;

    public static string Codec(string name, params string[] arguments) => $"{Codecs}{name}<{string.Join(", ", arguments)}>";

    public static string View(string name, params string[] arguments) => $"{Views}{name}<{string.Join(", ", arguments)}>";

    public static string Slot(string name, params string[] arguments) => $"{Wire}{name}<{string.Join(", ", arguments)}>";

    public static string Span(string element) => $"__system::ReadOnlySpan<{element}>";

    /// <summary>How a value is seen as a copy.</summary>
    public static string Copied(string type, string slot, string codec) => View("CopyAccess", type, slot, codec);
}
