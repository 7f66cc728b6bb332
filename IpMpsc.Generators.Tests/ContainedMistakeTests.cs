using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>A mistake in a message is told once, where it is, although other messages, protocols and programs use that message.</summary>
public sealed class ContainedMistakeTests
{
    private const string Usings = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using IpMpsc;

        """;

    /// <summary>Contains the message N in every way, and uses all that contains it.</summary>
    private const string Users = """
        [InlineArray(4)] public struct Four { private N _first; }
        [ChannelMessage] public partial struct Holder
        {
            public int Number;
            public N One;
            public N[] Many;
            public N? Maybe;
            public List<N>? List;
            public ReadOnlyMemory<N> Memory;
            public ImmutableArray<N> Immutable;
            public HashSet<N> Set;
            public Dictionary<string, N> Values;
            public Dictionary<N, int> Keys;
            public KeyValuePair<int, N> Entry;
            public (int Count, N Value) Pair;
            public (N, string[]) OtherPair;
            public N[][] Deep;
            public required N Required { get; init; }
            public Four Four;
            public string Text;
        }
        [ChannelMessage] public partial record struct FixedHolder(int Number, N One, N? Maybe);
        [ChannelMessage] public partial struct Outer { public Holder One; public Holder[] Many; public FixedHolder Fixed; public int Number; public string Text; }
        [ChannelProtocol(typeof(N), typeof(Holder), typeof(FixedHolder), typeof(Outer))] public static partial class Market;
        internal static class Program
        {
            public static void Send(Sender<Outer> sender, Market.Sender market, Outer outer)
            {
                sender.Send(in outer);
                market.Send(new FixedHolder(1, default, null));
                using Claim<Outer> claim = sender.Claim(new Outer.Sizes { Text = 3, One = new Holder.Sizes { Text = 2 } });
                claim.Writer.Number = claim.Writer.One.Number = 1;
                claim.Writer.Text.Fill(1);
                claim.Writer.One.Text.Fill(1);
                claim.Commit();
            }
            public static int Receive(Receiver<Outer> receiver, Market.Receiver market)
            {
                using Market.Message any = market.Receive();
                using ReceivedMessage<Outer> message = receiver.ReceiveInPlace();
                return message.View.Number + message.View.One.Number + message.View.Fixed.Number + any.AsOuter.Number + message.View.GetTextString().Length;
            }
        }
        """;

    /// <summary>Uses the message itself.</summary>
    private const string UserOfSender = """
        internal static class UserOfSender
        {
            public static void Send(Sender<N> sender, Receiver<N> receiver) => sender.Send(receiver.Receive());
        }
        """;

    /// <summary>Uses its fields in place.</summary>
    private const string UserOfView = UserOfSender + """
        internal static class UserOfView
        {
            public static int Read(ReceivedMessage<N> message, Market.Message any) => message.View.Good + any.AsN.Good;
        }
        """;

    [TestCase("IPM0004", "[ChannelMessage] public partial struct N { public object Bad; public int Good; }", UserOfView)]
    [TestCase("IPM0004", "[ChannelMessage] public partial struct N { public nint Bad { get; set; } public int Good { get; set; } public string Text { get; set; } }", UserOfView)]
    [TestCase("IPM0004", "[ChannelMessage] public partial struct N { public required object Bad; public required int Good { get; init; } public string Text; }", UserOfView)]
    [TestCase("IPM0004", "[ChannelMessage] public partial record struct N(Type Bad, int Good, string Text);", UserOfView)]
    [TestCase("IPM0004", "[ChannelMessage] public partial struct N { public event Action Bad; public int Good; }", UserOfView)]
    [TestCase("IPM0004", "[ChannelMessage] public partial struct N { public Action[] Bad; public (int, object)? Pair; public int Good; }", UserOfView, 2)]
    [TestCase("IPM0004", "[ChannelMessage] public partial struct N { public N[] Bad; public int Good; }", UserOfView)]
    [TestCase("IPM0005", "[ChannelMessage, StructLayout(LayoutKind.Sequential, Pack = 1)] public partial struct N { public byte Bad; public int Good; }", UserOfView)]
    [TestCase("IPM0007", "[ChannelMessage] public partial struct N { public string _payload; public int Good; }", UserOfView)]
    [TestCase("IPM0007", "[ChannelMessage] public partial struct N { public string name, Name; public int Good; }", UserOfView)]
    [TestCase("IPM0007", "[ChannelMessage] public partial struct N { public string Text; public int View; public int Good; }", UserOfSender)]
    [TestCase("IPM0007", "[ChannelMessage] public partial struct N { public string Text; public int Good; public void Sizes() { } }", UserOfSender)]
    [TestCase("IPM0008", "[ChannelMessage] public partial struct N { public string Text; public readonly int Bad; public int Good; }", UserOfView)]
    [TestCase("IPM0010", "[ChannelMessage] public partial struct N(string bad) { public int Good; public readonly string Bad => bad; }", UserOfView)]
    [TestCase("IPM0011", "[ChannelMessage] public partial struct N { public int Good; [Since(1)] public int Bad; }", UserOfView)]
    [TestCase("IPM0012", "[ChannelMessage(Name = \"a \\\"quote\\\"\")] public partial struct N { public int Good; }", UserOfView)]
    [TestCase("IPM0001", "[ChannelMessage] public struct N { public int Good; }", "")]
    [TestCase("IPM0001", "[ChannelMessage] public struct N { public int Good; public string Text; }", "")]
    public void MistakeIsToldOnce(string id, string message, string user, int count = 1)
    {
        string source = Usings + message + Users + user;

        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source));

        Assert.That(outcome.Complaints, Is.Empty);
        ImmutableArray<Diagnostic> errors = [.. AnalyzerHarness.Analyze(outcome.Output).Where(found => found.Severity == DiagnosticSeverity.Error)];
        Assert.That(errors.Select(error => error.Id), Is.EqualTo(Enumerable.Repeat(id, count)));
        Assert.That(errors.Select(error => error.Location.SourceSpan.Start), Is.All.LessThan(Usings.Length + message.Length));
    }

    [Test]
    public void MessagesThatContainEachOtherAreToldOnceEach()
    {
        const string Source = Usings + """
            [ChannelMessage] public partial struct N { public Other[] Bad; public int Good; }
            [ChannelMessage] public partial struct Other { public string Text; public List<N> Bad; }
            """ + Users + UserOfView;

        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(Source));

        Assert.That(outcome.Complaints, Is.Empty);
        Assert.That(
            AnalyzerHarness.Analyze(outcome.Output).Where(found => found.Severity == DiagnosticSeverity.Error).Select(error => error.GetMessage()),
            Is.EqualTo(new[]
            {
                "Field 'Bad' of type 'Other[]' cannot be sent: a message must not contain itself; send a flat array with the index of the parent in each element",
                "Field 'Bad' of type 'List<N>' cannot be sent: a message must not contain itself; send a flat array with the index of the parent in each element",
            }));
    }

    /// <summary>What an assembly was compiled without cannot be told there any more, so it is told at each use.</summary>
    [Test]
    public void MessageOfAnAssemblyWithoutGeneratedCodeIsToldWhereItIsUsed()
    {
        using var library = new MemoryStream();
        Assert.That(GeneratorHarness.Compile("[IpMpsc.ChannelMessage] public struct Foreign { public int A; }").Emit(library).Success, Is.True);
        Compilation compilation = GeneratorHarness.Compile("""
            using IpMpsc;
            [ChannelMessage] public partial struct M { public Foreign Bad; public Foreign[] Many; public int Good; }
            [ChannelMessage] public partial struct Outer { public M[] Fine; }
            [ChannelProtocol(typeof(Foreign), typeof(Outer))] public partial class Market;
            class User { public static int Read(ReceivedMessage<M> message, Market.Message any) => message.View.Good + any.AsOuter.Fine.Count; }
            """).AddReferences(MetadataReference.CreateFromImage(library.ToArray()));

        GeneratorOutcome outcome = GeneratorHarness.Run(compilation);

        Assert.That(outcome.Complaints, Is.Empty);
        Assert.That(
            AnalyzerHarness.Analyze(outcome.Output).Where(found => found.Severity == DiagnosticSeverity.Error).Select(error => error.GetMessage()),
            Is.EqualTo(new[]
            {
                "Field 'Bad' of type 'Foreign' cannot be sent: its assembly was built without generated code; build that with the package IpMpsc",
                "Field 'Many' of type 'Foreign[]' cannot be sent: its assembly was built without generated code; build that with the package IpMpsc",
                "Protocol 'Market' cannot send 'Foreign': its assembly was built without generated code; build that with the package IpMpsc",
            }));
    }

    [Test]
    public void ProtocolWithoutAMessageCanBeUsed()
    {
        const string Source = "[IpMpsc.ChannelProtocol] partial class P { } class User { public static void Use(P.Sender sender, P.IHandler handler, P.Receiver receiver) => receiver.ReceiveTo(handler); }";

        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(Source)).Complaints, Is.Empty);
    }
}
