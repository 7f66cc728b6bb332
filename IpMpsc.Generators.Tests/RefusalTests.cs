using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Types of .NET: each is accepted, or is refused with an alternative that is accepted.</summary>
public sealed class RefusalTests
{
    private const string Usings = """
        #nullable enable
        using System; using System.Collections; using System.Collections.Concurrent; using System.Collections.Frozen; using System.Collections.Generic;
        using System.Collections.Immutable; using System.Collections.ObjectModel; using System.Data; using System.Globalization; using System.IO; using System.Linq;
        using System.Net; using System.Numerics; using System.Runtime.InteropServices; using System.Runtime.Intrinsics; using System.Text;
        using System.Text.Json; using System.Text.Json.Nodes; using System.Text.RegularExpressions; using System.Threading; using System.Threading.Tasks;
        using IpMpsc;

        """;

    internal static string[] Accepted { get; } =
    [
        "bool", "char", "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128", "Half", "float", "double", "decimal",
        "Guid", "DateTime", "DateTimeOffset", "TimeSpan", "DateOnly", "TimeOnly", "Rune", "Index", "Range", "Complex", "BigInteger", "IPAddress", "Uri", "Version",
        "Vector2", "Vector3", "Vector4", "Quaternion", "Plane", "Matrix3x2", "Matrix4x4", "DayOfWeek", "string", "string?", "ChannelAddress",
        "int?", "DateTime?", "(int, string)", "(int A, string? B)?", "KeyValuePair<string, int>", "string[]", "int[][]", "List<string>", "IReadOnlyList<int>",
        "ImmutableArray<Uri>", "ReadOnlyMemory<string>", "HashSet<Guid>", "Dictionary<string, List<int?>>", "IReadOnlyDictionary<int, string[]>",
        "ChannelAddress[]", "List<(int, Version?)>", "Dictionary<string, int>?[]", "(int, int, int, int, int, int, int)",
    ];

    /// <summary>Refused with a type to use instead.</summary>
    private static readonly string[] s_replaced =
    [
        "nint", "nuint", "NFloat", "Memory<byte>", "ArraySegment<string>", "System.Buffers.ReadOnlySequence<byte>", "Vector<float>",
        "Span<byte>", "ReadOnlySpan<char>", "Memory<char>", "byte*", "void*", "delegate*<int, void>", "nint?", "Dictionary<nint, Index[,]>", "(int, Span<int>)",
        "System.Collections.Specialized.BitVector32", "System.Collections.Specialized.NameValueCollection", "IAsyncEnumerable<int>",
        "ImmutableSortedDictionary<int, string>", "ImmutableStack<int>", "IGrouping<int, string>", "System.Drawing.Point", "System.Drawing.SizeF", "System.Drawing.Color",
        "Vector128<int>", "BitArray", "Lazy<int>", "WeakReference<string>", "Task<int>", "ValueTask<string>", "CancellationToken", "Task", "Type",
        "TimeZoneInfo", "CultureInfo", "Encoding", "StringBuilder", "Regex", "Exception", "JsonElement", "JsonDocument", "JsonNode", "JsonObject", "Stream",
        "MemoryStream", "IPEndPoint", "DnsEndPoint", "int[,]", "string[,,]", "Action", "Func<int>", "EventHandler", "DBNull", "Tuple<int, string>", "IEnumerable<int>",
        "ICollection<string>", "IList<Guid>", "IReadOnlyCollection<int>", "Queue<int>", "Stack<string>", "LinkedList<int>", "Collection<int>",
        "ObservableCollection<string>", "ReadOnlyCollection<int>", "ImmutableList<string>", "ImmutableQueue<int>", "ConcurrentQueue<int>", "ConcurrentBag<string>",
        "ISet<int>", "SortedSet<string>", "ImmutableHashSet<int>", "FrozenSet<string>", "IReadOnlySet<int>", "IDictionary<string, int>",
        "SortedDictionary<int, string>", "SortedList<int, string>", "ConcurrentDictionary<string, int>", "ImmutableDictionary<int, string>",
        "FrozenDictionary<string, int>", "ReadOnlyDictionary<string, int>", "ILookup<string, int>", "PriorityQueue<string, int>", "List<nint>", "Stack<int>?[]",
    ];

    /// <summary>Refused with other advice.</summary>
    private static readonly (string Type, string Advice)[] s_advised =
    [
        ("object", "[ChannelProtocol]"), ("dynamic", "[ChannelProtocol]"), ("IDisposable", "[ChannelProtocol]"), ("IComparable<int>", "[ChannelProtocol]"),
        ("IEnumerable", "[ChannelProtocol]"), ("ArrayList", "[ChannelProtocol]"), ("Hashtable", "[ChannelProtocol]"), ("object[]", "[ChannelProtocol]"),
        ("(int, int, int, int, int, int, int, int)", "[ChannelMessage]"), ("Random", "[ChannelMessage]"), ("Thread", "[ChannelMessage]"),
        ("Foreign", "[assembly: ChannelStruct(typeof(Foreign))]"), ("Generic<int>", "[ChannelMessage]"), ("Shape", "[ChannelProtocol]"),
        ("Self", "flat array"), ("HttpStatusHolder", "[ChannelMessage]"), ("DataTable", "[ChannelMessage]"), ("SafeHandle", "[ChannelProtocol]"),
        ("IShape", "[ChannelProtocol]"), ("Shape[]", "[ChannelProtocol]"), ("List<IShape>", "[ChannelProtocol]"), ("Closed", "[ChannelProtocol]"),
        ("OneOf<int, string>", "[ChannelProtocol]"), ("OneOf<int, string>", "[ChannelMessage]"), ("IPNetwork", "[ChannelMessage]"),
    ];

    private const string Types = """
        public struct Foreign { public int A; }
        public struct Generic<T> { public T A; }
        public abstract class Shape { }
        public interface IShape { }
        public record Closed { private Closed() { } public sealed record Circle(double Radius) : Closed; public sealed record Square(double Side) : Closed; }
        public readonly struct OneOf<TFirst, TSecond> { private readonly TFirst _first; private readonly TSecond _second; private readonly int _index; }
        public class HttpStatusHolder { }
        [ChannelMessage] public partial struct Self { public string Name; public Self[] Children; }
        """;

    [TestCaseSource(nameof(Accepted))]
    public void TypeIsAccepted(string type) => Assert.That(Refusals(type), Is.Empty);

    [TestCaseSource(nameof(s_replaced))]
    public void AlternativeIsAccepted(string type)
    {
        string refusal = Refusals(type).Single();

        Match alternative = Regex.Match(refusal, "; use '(.*)'$");

        Assert.That(alternative.Success, Is.True, refusal);
        Assert.That(Refusals(alternative.Groups[1].Value), Is.Empty);
    }

    [Test]
    public void AdviceSaysWhatToDo([ValueSource(nameof(s_advised))] (string Type, string Advice) refused) =>
        Assert.That(Refusals(refused.Type, Types), Has.Some.Contains(refused.Advice));

    /// <summary>No type leads in a circle: what a refusal names is accepted, also for the types that nobody thought of.</summary>
    [Test]
    public void EveryTypeOfDotnetIsAcceptedOrHasAWayOut()
    {
        string[] types = [.. TypesOf(GeneratorHarness.Compile("").GlobalNamespace.GetNamespaceMembers().Single(space => space.Name == "System"))];
        Assert.That(types, Has.Length.GreaterThan(1000));
        string[] refusals = [.. RefusalsOf(types)];
        Assert.That(refusals, Has.Length.GreaterThan(500));
        string[] alternatives = [.. refusals.Select(refusal => Regex.Match(refusal, "; use '(.*)'$").Groups[1].Value).Where(type => type.Length > 0).Distinct()];

        Assert.That(RefusalsOf(alternatives), Is.Empty);
        Assert.That(refusals, Has.All.Contain("; use '").Or.Contain("[ChannelMessage]").Or.Contain("[ChannelProtocol]"));
        Assert.That(refusals, Has.None.Contain("ChannelStruct"), "A struct of .NET has private fields, so it cannot be adopted.");
    }

    [Test]
    public void ForeignStructIsAdopted()
    {
        const string Source = """
            [assembly: IpMpsc.ChannelStruct(typeof(Foreign))]
            public struct Inner { public short A; public double B; }
            public struct Foreign { public int A; public float B; public System.DayOfWeek C; }
            [IpMpsc.ChannelMessage] partial struct M { public Foreign A; public Foreign[] B; public Foreign? C; }
            """;

        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(Source));

        Assert.That(outcome.Complaints, Is.Empty);
        Assert.That(outcome.Files.Single().SourceText.ToString(), Does.Contain("struct Foreign size 12\n  A i32 @0\n  B f32 @4\n  C System.DayOfWeek(i32) @8\n"));
    }

    /// <summary>The public types of a namespace and of those within it that a field can be declared with.</summary>
    private static IEnumerable<string> TypesOf(INamespaceSymbol space) => space.GetNamespaceMembers().SelectMany(TypesOf).Concat(
        from type in space.GetTypeMembers()
        where type is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, Arity: 0, SpecialType: not SpecialType.System_Void }
        select type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    private static IEnumerable<string> RefusalsOf(IEnumerable<string> types) =>
        from found in AnalyzerHarness.Analyze(GeneratorHarness.Compile(Usings + string.Concat(
            types.Select((type, index) => $"[ChannelMessage] public partial struct M{index} {{ public {type} A; }}\n"))))
        where found.Severity == DiagnosticSeverity.Error
        select found.GetMessage();

    private static string[] Refusals(string type, string types = "") =>
    [
        .. AnalyzerHarness.Analyze($"{Usings}[ChannelMessage] public partial struct M {{ public {type} A; }}\n{types}")
            .Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.GetMessage()),
    ];
}
