using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>
/// Why a type has no place in a message, and what has: each refusal that names a type names one that is accepted, which a
/// test tries for every type below.
/// </summary>
internal static class Refusals
{
    private const string InProcess = "objects stay in their process";
    private const string Protocol = "a value of several possible types is a protocol; declare a message for each, and list them with [ChannelProtocol]";
    private const string Content = InProcess + "; declare a struct with [ChannelMessage] that has their content";

    public static Resolution Of(ITypeSymbol type, TypeNames names) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } =>
            Resolution.Use("an address has no meaning in another process, so send an offset or an id", "long"),
        { TypeKind: TypeKind.Dynamic or TypeKind.TypeParameter } => Resolution.Refuse(Protocol),
        { TypeKind: TypeKind.Delegate } => Resolution.Use("code stays in its process, so send a name for it", "string"),
        IArrayTypeSymbol { Rank: > 1 } array => Resolution.Use(
            "an array has one dimension",
            names.Annotated(array.ElementType) + string.Concat(Enumerable.Repeat("[]", array.Rank))),
        INamedTypeSymbol named => Framework(named, names) ?? Other(named),
        _ => Resolution.Refuse(Content),
    };

    private static Resolution Other(INamedTypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Interface } or { IsAbstract: true, TypeKind: TypeKind.Class } =>
            Resolution.Refuse(Protocol),
        { TypeKind: TypeKind.Class } when IsClosedHierarchy(type) => Resolution.Refuse(Protocol),
        { IsRefLikeType: true } => Resolution.Refuse("a ref struct cannot be stored; declare a struct with [ChannelMessage] that has its content, such as the array that it looks at"),
        { TypeKind: TypeKind.Struct, TypeParameters.Length: > 0 } => Resolution.Refuse(
            "a generic struct has another layout for each argument; declare a struct with [ChannelMessage] that has its fields, or, "
                + "if it holds one of several types, a message for each, listed with [ChannelProtocol]"),
        { TypeKind: TypeKind.Struct } => Resolution.Refuse(
            "mark the struct with [ChannelMessage] to give it a layout of its own, or adopt one that is not yours with "
                + $"[assembly: ChannelStruct(typeof({type.Name}))]"),
        _ => Resolution.Refuse(Content),
    };

    /// <summary>The types of .NET that have a counterpart in messages.</summary>
    private static Resolution? Framework(INamedTypeSymbol type, TypeNames names)
    {
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        if (space != "System" && !space.StartsWith("System.", System.StringComparison.Ordinal))
        {
            return null;
        }

        string[] arguments = type.TypeArguments.Select(names.Annotated).ToArray();
        return (type.MetadataName, space) switch
        {
            ("IntPtr", "System") => Resolution.Use("its size depends on the process", "long"),
            ("UIntPtr", "System") => Resolution.Use("its size depends on the process", "ulong"),
            ("NFloat", _) => Resolution.Use("its size depends on the process", "double"),
            ("Memory`1" or "Span`1" or "ReadOnlySpan`1" or "ArraySegment`1", "System") =>
                Resolution.Use("what is received cannot be written to", $"global::System.ReadOnlyMemory<{arguments[0]}>"),
            ("ReadOnlySequence`1", _) => Resolution.Use("a field is in one piece", $"global::System.ReadOnlyMemory<{arguments[0]}>"),
            ("Vector`1", "System.Numerics") or ("Vector64`1" or "Vector128`1" or "Vector256`1" or "Vector512`1", "System.Runtime.Intrinsics") =>
                Resolution.Use("its size depends on the processor or its alignment on the runtime", $"{arguments[0]}[]"),
            ("BFloat16", "System.Numerics") => Resolution.Use("it has no form in a message", "float"),
            ("BitArray", "System.Collections") or ("BitVector32", _) => Resolution.Use(InProcess, "bool[]"),
            ("Lazy`1", "System") or ("WeakReference`1", "System") or ("StrongBox`1", _) or ("Task`1" or "ValueTask`1", _) =>
                Resolution.Use($"{InProcess}, so send the value", arguments[0]),
            ("CancellationToken" or "CancellationTokenSource" or "Task" or "ValueTask", _) =>
                Resolution.Use($"{InProcess}; send a message that says what happened, with an id", "long"),
            ("Type" or "TimeZoneInfo", "System") or ("CultureInfo" or "CompareInfo", _) or ("Encoding" or "StringBuilder", _)
                or ("RuntimeTypeHandle", _) =>
                Resolution.Use($"{InProcess}, so send their text or name", "string"),
            ("Regex", _) => Resolution.Use(InProcess, "(string Pattern, global::System.Text.RegularExpressions.RegexOptions Options)"),
            ("Exception", "System") => Resolution.Use($"{InProcess}, so send what has to be known of them", "(string Type, string Message)"),
            ("JsonElement" or "JsonDocument" or "JsonNode" or "JsonObject" or "JsonArray" or "JsonValue" or "XmlDocument" or "XDocument" or "XElement", _) =>
                Resolution.Use($"{InProcess}, so send their text", "string"),
            ("Stream" or "MemoryStream" or "FileStream" or "PhysicalAddress", _) => Resolution.Use($"{InProcess}, so send the bytes", "byte[]"),
            ("DnsEndPoint", _) => Resolution.Use(InProcess, "(string Host, int Port)"),
            ("IPEndPoint", _) => Resolution.Use(InProcess, "(global::System.Net.IPAddress Address, int Port)"),
            ("Color" or "ConsoleColor", "System.Drawing") => Resolution.Use("its layout is private to .NET, so send its number", "int"),
            ("Point" or "Size", "System.Drawing") => Resolution.Use("it has no form in a message", "(int X, int Y)"),
            ("PointF" or "SizeF", "System.Drawing") => Resolution.Use("it has no form in a message", "global::System.Numerics.Vector2"),
            ("ArrayList" or "IEnumerable" or "ICollection" or "IList" or "Queue" or "Stack" or "Hashtable" or "IDictionary" or "SortedList", "System.Collections") =>
                Resolution.Refuse(Protocol + "; a collection names the type of its elements"),
            ("ValueTuple" or "DBNull", "System") => Resolution.Use("it has no content", "bool"),
            (var name, "System") when name.StartsWith("Tuple`", System.StringComparison.Ordinal) && arguments.Length is > 1 and <= 7 =>
                Resolution.Use(InProcess, $"({string.Join(", ", arguments)})"),
            ("NameValueCollection" or "StringDictionary", _) =>
                Resolution.Use(InProcess, "global::System.Collections.Generic.Dictionary<string, string>"),
            ("StringCollection", _) => Resolution.Use(InProcess, "global::System.Collections.Generic.List<string>"),
            _ => Collection(type, arguments) ?? (type is { TypeKind: TypeKind.Struct, IsRefLikeType: false, TypeParameters.Length: 0 }
                ? Resolution.Refuse("its layout is private to .NET; declare a struct with [ChannelMessage] that has its content")
                : null),
        };
    }

    /// <summary>Whether only types within the class derive from it: no one else can call its constructors.</summary>
    private static bool IsClosedHierarchy(INamedTypeSymbol type) =>
        type.InstanceConstructors.All(constructor => constructor.DeclaredAccessibility == Accessibility.Private || constructor.IsCopyOf(type))
        && type.GetTypeMembers().Any(nested => SymbolEqualityComparer.Default.Equals(nested.BaseType, type));

    private static bool IsCopyOf(this IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    /// <summary>The collections that have a counterpart, found by what they can do.</summary>
    private static Resolution? Collection(INamedTypeSymbol type, string[] arguments)
    {
        const string Reason = "it has no form of its own in a message";
        if (type.ContainingNamespace.ToDisplayString() is not
            ("System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.Concurrent"
            or "System.Collections.Frozen" or "System.Collections.ObjectModel" or "System.Linq"))
        {
            return null;
        }

        return arguments.Length switch
        {
            1 when type.MetadataName.Contains("Set") => Resolution.Use(Reason, $"global::System.Collections.Generic.HashSet<{arguments[0]}>"),
            1 when type.MetadataName is not ("IEqualityComparer`1" or "IComparer`1" or "Comparer`1" or "EqualityComparer`1") =>
                Resolution.Use(Reason, $"global::System.Collections.Generic.List<{arguments[0]}>"),
            2 when type.MetadataName is "ILookup`2" or "IGrouping`2" => Resolution.Use(
                Reason,
                $"global::System.Collections.Generic.Dictionary<{arguments[0]}, global::System.Collections.Generic.List<{arguments[1]}>>"),
            2 when type.MetadataName is "PriorityQueue`2" => Resolution.Use(Reason, $"global::System.Collections.Generic.List<({arguments[0]}, {arguments[1]})>"),
            2 when type.MetadataName.Contains("Dictionary") || type.MetadataName.Contains("SortedList") =>
                Resolution.Use(Reason, $"global::System.Collections.Generic.Dictionary<{arguments[0]}, {arguments[1]}>"),
            _ => null,
        };
    }
}
