namespace IpMpsc.Generators.Tests;

/// <summary>Programs of consumers, from simple to awkward ones.</summary>
internal static class Sources
{
    public const string FixedSize = """
        namespace Demo
        {
            /// <summary>A price.</summary>
            [IpMpsc.ChannelMessage]
            public partial struct Quote
            {
                /// <summary>What is traded.</summary>
                public int Instrument;
                /// <summary>The price offered.</summary>
                public double Bid;
                /// <summary>Whether it can be traded now.</summary>
                public bool IsFirm;
            }
        }
        """;

    public const string VariableSize = """
        namespace Demo
        {
            /// <summary>A frame.</summary>
            [IpMpsc.ChannelMessage(Id = 7)]
            public partial struct VideoFrame
            {
                /// <summary>Pixels in a row.</summary>
                public int Width { get; set; }
                /// <summary>Whether it can be decoded alone.</summary>
                public bool IsKey;
                /// <summary>Who took it.</summary>
                public string Camera;
                /// <summary>Brightness.</summary>
                public System.ReadOnlyMemory<byte> Y;
                /// <summary>Colour.</summary>
                public byte[] Colour;
                private long _sequence;

                /// <summary>Uses the private field.</summary>
                public void Number(long sequence) => _sequence = sequence;
                /// <summary>Uses the private field.</summary>
                public long Sequence() => _sequence;
            }
        }
        """;

    public const string NestedAndKeywords = """
        namespace Demo.@class
        {
            internal static partial class Outer
            {
                [IpMpsc.ChannelMessage]
                internal partial record struct Point(double X, double Y);

                [IpMpsc.ChannelMessage]
                internal partial record struct @event(Point @class, Side Side, string Text);

                internal enum Side : byte { Buy, Sell }
            }
        }
        """;

    /// <summary>Every kind of field that lies behind the fixed block.</summary>
    public const string VariableFields = """
        namespace Demo
        {
            [IpMpsc.ChannelMessage]
            internal partial struct Level { public long Price; public int Count; }

            [IpMpsc.ChannelMessage]
            internal partial struct Note { public string Author; public long[] Marks; }

            [System.Runtime.CompilerServices.InlineArray(4)]
            internal struct Four { private Level _first; }

            internal enum Side : byte { Buy, Sell }

            [IpMpsc.ChannelMessage]
            internal partial struct Book
            {
                public Four Best;
                public Level[] Levels;
                public System.ReadOnlyMemory<double> Weights;
                public Side[] @sides;
                [IpMpsc.Utf16] public string Title;
                public System.ReadOnlyMemory<char> Letters;
                public Note Summary;
                public Note[] Notes;
                public System.ReadOnlyMemory<Note> More;
                public IpMpsc.ChannelAddress ReplyTo;
                private Note _hidden;
                private int[] _secret;
            }
        }
        """;

    /// <summary>Fields for which null differs from empty.</summary>
    public const string NullableFields = """
        #nullable enable
        namespace Demo
        {
            [IpMpsc.ChannelMessage]
            internal partial struct Part { public string? Name; }

            [IpMpsc.ChannelMessage]
            internal partial struct Sparse
            {
                public string? Name { get; set; }
                [IpMpsc.Utf16] public string? Wide;
                public byte[]? Bytes;
                public int[]? Numbers;
                public System.ReadOnlyMemory<short>? Samples;
                public Part[]? Parts;
                public System.ReadOnlyMemory<Part>? MoreParts;
            }
        }
        """;

    /// <summary>Messages with fields of later versions, one of fixed and one of variable size.</summary>
    public const string Evolved = """
        namespace Demo
        {
            /// <summary>A trade.</summary>
            [IpMpsc.ChannelMessage(Version = 3, Name = "Market.Trade")]
            public partial struct Trade
            {
                /// <summary>The price.</summary>
                public long Price;
                /// <summary>How many.</summary>
                public int Quantity;
                /// <summary>Where.</summary>
                [IpMpsc.Since(2)] public short Venue;
                /// <summary>Whether it was reported.</summary>
                [IpMpsc.Since(3)] public bool IsReported { get; set; }
            }

            /// <summary>An order.</summary>
            [IpMpsc.ChannelMessage(Version = 2)]
            public partial struct Order
            {
                /// <summary>What.</summary>
                public string Instrument;
                /// <summary>For whom.</summary>
                [IpMpsc.Since(2)] public string Account;
                /// <summary>How many.</summary>
                [IpMpsc.Since(2)] public long[] Legs;
            }
        }
        """;

    /// <summary>Several messages on one channel.</summary>
    public const string Protocol = """
        namespace Demo
        {
            /// <summary>A price.</summary>
            [IpMpsc.ChannelMessage(Id = 1)]
            public partial struct Tick { /// <summary>The price.</summary>
                public double Price; }

            /// <summary>A text.</summary>
            [IpMpsc.ChannelMessage(Id = 2)]
            public partial struct News { /// <summary>The text.</summary>
                public string Text { get; set; } }

            /// <summary>What a market says.</summary>
            [IpMpsc.ChannelProtocol(typeof(Tick), typeof(News))]
            public static partial class Market { }
        }
        """;

    /// <summary>Protocols in every place, with messages whose names clash with generated ones.</summary>
    public const string Protocols = """
        namespace A
        {
            [IpMpsc.ChannelMessage] internal partial struct Message { public int Kind; }
            [IpMpsc.ChannelMessage] internal partial struct @event { public string Text; }
        }

        namespace B
        {
            [IpMpsc.ChannelMessage] internal partial struct Message { public string Kind; }

            internal partial class Outer
            {
                [IpMpsc.ChannelMessage(Version = 2)]
                internal partial struct Receiver { public int A; [IpMpsc.Since(2)] public int B; }

                [IpMpsc.ChannelProtocol(typeof(A.Message), typeof(Message), typeof(A.@event), typeof(Receiver))]
                private partial class @class { }
            }
        }

        [IpMpsc.ChannelProtocol(typeof(A.Message))]
        internal sealed partial record Global;
        """;

    /// <summary>Names that clash with generated ones.</summary>
    public const string Clashes = """
        using IpMpsc;

        namespace System.Demo
        {
            internal class System { }
            internal class IpMpsc { }

            [ChannelMessage]
            internal partial struct Awkward
            {
                public int length, writer, block, payload, message, version, field, value, record, View_;
                public string global;
                public byte[] IpMpsc;
                internal readonly int Computed => length + writer;
                public static int Shared;
                public const int Constant = 1;
                private string text { get; init; }
                public override readonly string ToString() => text;
            }
        }
        """;

    /// <summary>Every place where a message can be declared.</summary>
    public const string Places = """
        using IpMpsc;

        [ChannelMessage]
        internal partial struct Empty { }

        internal partial interface IHolder
        {
            partial struct Middle
            {
                [ChannelMessage]
                internal partial struct Deep { public required string A { get; init; } }
            }
        }

        internal partial record Holder
        {
            [ChannelMessage]
            private partial struct Hidden { public long A; }

            [ChannelMessage]
            protected internal readonly partial record struct ReadOnly(long A, System.Guid B);

            [ChannelMessage]
            private partial struct HiddenText { public string A; public Hidden B; }
        }
        """;

    /// <summary>Names that differ only in case, which not every file system distinguishes.</summary>
    public const string Cases = """
        using IpMpsc;

        [ChannelMessage(Id = 1)] internal partial struct Order { public int A; }
        [ChannelMessage(Id = 2)] internal partial struct ORDER { public string A; }
        [ChannelProtocol(typeof(Order))] internal partial class Market;
        [ChannelProtocol(typeof(ORDER))] internal partial class MARKET;
        """;

    /// <summary>Names that become equal when their parts are joined, in the same and in different namespaces.</summary>
    public const string Underscores = """
        using IpMpsc;

        namespace Demo
        {
            public partial class Outer
            {
                [ChannelMessage] public partial struct Inner { public int A; }
                [ChannelMessage] public partial struct Inner_Most { public string A; }

                public partial class Inner_
                {
                    [ChannelMessage] internal partial struct Most { public int A; }
                }
            }

            public partial class Outer_Inner
            {
                [ChannelMessage] public partial struct Most { public int A; }
            }

            [ChannelMessage] public partial struct Outer_Inner_Most { public string A; }
        }

        [ChannelMessage] public partial struct Outer_Inner { public int A; }
        """;

    /// <summary>A project with every warning of the compiler enabled.</summary>
    public const string Pedantic = """
        [assembly: System.CLSCompliant(true)]

        /// <summary>A message.</summary>
        [IpMpsc.ChannelMessage]
        [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
        public partial struct Fixed
        {
            /// <summary>No part of the CLS.</summary>
            [System.CLSCompliant(false)] public uint Unsigned;
        }

        /// <summary>A message.</summary>
        [IpMpsc.ChannelMessage]
        public partial struct Variable
        {
            /// <summary>No part of the CLS.</summary>
            [System.CLSCompliant(false)] public uint Unsigned;
            /// <summary>Not to be used.</summary>
            [System.Obsolete("Do not use.")] public int Old;
            /// <summary>A text.</summary>
            public string Text;
        }
        """;

    /// <summary>Members and types that are obsolete or experimental.</summary>
    public const string Discouraged = """
        #pragma warning disable TEST001, TEST002, CS0618
        using System.Diagnostics.CodeAnalysis;

        [IpMpsc.ChannelMessage] public partial struct Gone { [System.Obsolete("gone", true)] public string Old; public string Text; }
        [IpMpsc.ChannelMessage] public partial struct GoneNumber { [System.Obsolete("gone", true)] public int Old { get; set; } public int Number; }
        [System.Obsolete("type gone", false)]
        [IpMpsc.ChannelMessage] public partial struct Past { public string Text; }
        [System.Obsolete("type gone", true)]
        [IpMpsc.ChannelMessage] public partial struct Lost { public string Text; public int[] Numbers; }
        [IpMpsc.ChannelMessage] public partial struct Holder { [System.Obsolete("x")] public Past Inner; public string Text; }
        [IpMpsc.ChannelMessage] public partial struct Trial { [Experimental("TEST001")] public string New; public Odd Odd; }
        [Experimental("TEST002")]
        [IpMpsc.ChannelMessage] public partial struct Odd { public string Text; public int Number; }
        [IpMpsc.ChannelProtocol(typeof(Gone), typeof(Holder), typeof(Trial))] public static partial class Market;
        """;

    /// <summary>Every kind of field in every place.</summary>
    public const string Mixed = """
        #nullable enable
        using System; using System.Collections.Generic; using System.Collections.Immutable;
        using IpMpsc;

        public interface INamed { string Name { get; } }
        [ChannelMessage] public partial record struct Times(DateTime At, decimal Price, int? Count);
        [ChannelMessage] public partial struct Mixed : INamed
        {
            public required string Name { get; init; }
            public Times Times;
            public Times? MaybeTimes { get; set; }
            public Times[] Many;
            internal List<(int Number, string? Text)>? Tuples;
            public Dictionary<string, Dictionary<int, Times?>> Deep;
            public ImmutableArray<string?>? Texts;
            private HashSet<(DateTime, Guid)> _hidden;
            internal readonly int Size => Many?.Length ?? 0;
            public KeyValuePair<string, Uri?>[] @params;
            public DateTimeOffset There;
        }
        [ChannelMessage(CanGrow = true)] public partial struct Tick { public int Price; }
        [ChannelMessage] public partial struct Book { public Tick One; public Tick? Maybe; public Tick[] Many; public Mixed[]? All; public Mixed Mixed; }
        [ChannelProtocol(typeof(Times), typeof(Mixed), typeof(Tick), typeof(Book))] public static partial class Market;
        """;

    /// <summary>How the consumer accesses the fields, with a version of C# that has extension properties.</summary>
    public const string UseOfProperties = FixedSize + VariableSize + """
        namespace Demo
        {
            internal static class Consumer
            {
                public static double Read(IpMpsc.ReceivedMessage<Demo.Quote> message) => message.View.Bid;
                public static string Read(IpMpsc.ReceivedMessage<Demo.VideoFrame> message) =>
                    message.View.GetCameraString();
                public static System.ReadOnlySpan<byte> Bytes(IpMpsc.ReceivedMessage<Demo.VideoFrame> message) =>
                    message.View.Y;
                public static void Write(IpMpsc.Claim<Demo.Quote> claim) => claim.Writer.Bid = 1.5;
                public static void Write(IpMpsc.Claim<Demo.VideoFrame> claim)
                {
                    claim.Writer.Width = 3840;
                    claim.Writer.IsKey = true;
                    claim.Writer.Y.Fill(128);
                }
            }
        }
        """;

    /// <summary>The same for earlier versions.</summary>
    public static readonly string UseOfMethods =
        UseOfProperties.Replace(".View.", ".View().").Replace("claim.Writer.", "claim.Writer().");
}
