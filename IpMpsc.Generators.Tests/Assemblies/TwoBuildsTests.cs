using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Two programs that were built against different states of one library share a channel.</summary>
public sealed class TwoBuildsTests
{
    private const string Program = """
        using System; using IpMpsc;
        [ChannelMessage(Name = "Use")] public partial struct Use { public Lib.Wide W; }
        public static class Program
        {
            public static (IDisposable Channel, string Path) Create()
            {
                var receiver = Receiver<Use>.CreateTemporary();
                return (receiver, receiver.Path);
            }
            public static void Send(string path)
            {
                using var sender = Sender<Use>.Open(path);
                sender.Send(new Use { W = Lib.Wide.Make() });
            }
            public static string Receive(IDisposable channel) => ((Receiver<Use>)channel).Receive().W.ToString();
        }
        """;

    [Test]
    public void MemberThatChangedItsValueIsNamed()
    {
        Failure("public enum Side : byte { Buy, Sell } [ChannelMessage] public partial struct Wide { public Side Side; public static Wide Make() => default; }",
            "public enum Side : byte { Sell, Buy } [ChannelMessage] public partial struct Wide { public Side Side; public static Wide Make() => default; }",
            "W.Side.", " = 0'", " = 1'");
    }

    [Test]
    public void MemberInTheMiddleIsNamed()
    {
        Failure("public enum Side : byte { Buy, Sell } [ChannelMessage] public partial struct Wide { public Side[] Sides; public static Wide Make() => default; }",
            "public enum Side : byte { Buy, Hold, Sell } [ChannelMessage] public partial struct Wide { public Side[] Sides; public static Wide Make() => default; }",
            "W.Sides", ".Sell = 1'", ".Sell = 2'");
    }

    [Test]
    public void AddedMemberFits()
    {
        Type old = Build("public enum Side : byte { Buy, Sell } [ChannelMessage] public partial struct Wide { public Side Side; public static Wide Make() => new() { Side = Side.Sell }; public override string ToString() => $\"{Side}\"; }");
        Type grown = Build("public enum Side : byte { Buy, Sell, Hold } [ChannelMessage] public partial struct Wide { public Side Side; public static Wide Make() => new() { Side = Side.Hold }; public override string ToString() => $\"{Side}\"; }");

        Assert.That(Exchange(receiver: grown, sender: old), Is.EqualTo("Sell"));
        Assert.That(Exchange(receiver: old, sender: grown), Is.EqualTo("2"), "An enum member that the receiver does not know arrives as a number.");
    }

    /// <summary>A text field that becomes UTF-16 in a library changes the schema of the programs that use it.</summary>
    [Test]
    public void AttributeOfAnAutoPropertyOfALibraryIsPartOfTheSchema()
    {
        Failure("[ChannelMessage] public partial struct Wide { public string Title { get; set; } public static Wide Make() => default; }",
            "[ChannelMessage] public partial struct Wide { [Utf16] public string Title { get; set; } public static Wide Make() => default; }",
            "Title utf8", "Title utf16");
    }

    [Test]
    public void AddedAutoPropertyOfALibraryArrivesAsItsDefault()
    {
        Type old = Build("[ChannelMessage] public partial struct Wide { [Utf16] public string Title { get; set; } public static Wide Make() => new() { Title = \"abc\" }; public override string ToString() => Title; }");
        Type grown = Build("[ChannelMessage(Version = 2)] public partial struct Wide { [Utf16] public string Title { get; set; } [Since(2)] public string Added { get; set; } public static Wide Make() => new() { Title = \"abc\", Added = \"d\" }; public override string ToString() => Title + \"|\" + Added; }");

        Assert.That(Exchange(receiver: grown, sender: grown), Is.EqualTo("abc|d"));
        Assert.That(Exchange(receiver: grown, sender: old), Is.EqualTo("abc|"));
        Assert.That(Exchange(receiver: old, sender: grown), Is.EqualTo("abc"));
    }

    /// <summary>Asserts that neither program can send to the other one's channel, and what the errors say.</summary>
    private static void Failure(string first, string second, params string[] parts)
    {
        Type one = Build(first);
        Type other = Build(second);
        foreach ((Type receiver, Type sender) in new[] { (one, other), (other, one) })
        {
            string message = Assert.Throws<ChannelMismatchException>(() => Exchange(receiver, sender))!.Message;
            Assert.Multiple(() =>
            {
                foreach (string part in parts)
                {
                    Assert.That(message, Does.Contain(part));
                }
            });
        }
    }

    /// <summary>Sends a message of one program to the channel of the other, and returns what that one received.</summary>
    private static string Exchange(Type receiver, Type sender)
    {
        var (channel, path) = ((IDisposable, string))Call(receiver, "Create")!;
        using (channel)
        {
            Call(sender, "Send", path);
            return (string)Call(receiver, "Receive", channel)!;
        }
    }

    private static object? Call(Type program, string method, params object[] arguments) =>
        program.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>The program, compiled against this state of its library. Both are in assemblies of their own.</summary>
    private static Type Build(string library)
    {
        AssemblyLoadContext context = new(nameof(TwoBuildsTests), isCollectible: true);
        byte[] image = Emit(GeneratorHarness.Compile($"using IpMpsc; namespace Lib {{ {library} }}").WithAssemblyName("Lib"));
        context.LoadFromStream(new MemoryStream(image));
        byte[] program = Emit(GeneratorHarness.Compile(Program).AddReferences(MetadataReference.CreateFromImage(image)));
        return context.LoadFromStream(new MemoryStream(program)).GetType("Program", throwOnError: true)!;
    }

    private static byte[] Emit(Compilation compilation)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = GeneratorHarness.Run(compilation).Output.Emit(image);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        return image.ToArray();
    }
}
