using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>Ordered accesses to shared memory are in one file, where each names its partner.</summary>
public sealed partial class SharedMemoryTests
{
    private const string TheFile = "SharedWord.cs";

    /// <summary>It shares its memory with the kernel, so its ordering is that of io_uring.</summary>
    private const string RingOfTheKernel = "FutexRing.cs";

    [Test]
    public void OnlySharedWordOrdersSharedMemory()
    {
        string[] wrong =
        [
            .. from path in SourceFiles()
               where Path.GetFileName(path) is not (TheFile or RingOfTheKernel)
               from line in File.ReadLines(path)
               where OrderedAccess().IsMatch(line)
               select $"{Path.GetFileName(path)}: {line.Trim()}",
        ];

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void PatternFindsTheAccessesOfSharedWord() =>
        Assert.That(OrderedAccess().Count(File.ReadAllText(SharedWord())), Is.GreaterThan(15));

    [Test]
    public void EveryReleaseStoreNamesItsLoad()
    {
        string[] methods = File.ReadAllText(SharedWord()).Split("/// <summary>")[2..];
        string[] wrong =
        [
            .. from method in methods
               where method.Contains("Volatile.Write(") || method.Contains("Interlocked.")
               where !method.Contains("Pairs with") && !method.Contains("pairs with") && !Alone(method)
               select method.Split('\n')[0].Trim(),
        ];

        Assert.That(wrong, Is.Empty);
    }

    /// <summary>A signal that is lowered again needs no partner: nothing relies on its order.</summary>
    private static bool Alone(string method) => method.Contains(" TryLowerSignal(");

    private static IEnumerable<string> SourceFiles() => Repository.SourcesOf("IpMpsc.Runtime");

    private static string SharedWord() => SourceFiles().Single(path => Path.GetFileName(path) == TheFile);

    /// <summary>A call through a pointer. On fields of objects, these classes are used everywhere.</summary>
    [GeneratedRegex(@"(Volatile|Interlocked)\.\w+(<\w+>)?\(\s*ref \*")]
    private static partial Regex OrderedAccess();
}
