namespace IpMpsc.Generators.Tests;

/// <summary>The program around the statements under test.</summary>
internal static class Programs
{
    /// <summary>A program with a message of fixed and one of variable size, a protocol of both, and these members.</summary>
    public static string With(string members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;
        using IpMpsc;

        [ChannelMessage] public partial struct Price { public double Last; }
        [ChannelMessage] public partial struct Quote { public double Bid; public double Ask; public Price Price; }
        [ChannelMessage] public partial struct Frame { public int Width; public byte[] Pixels; }
        [ChannelProtocol(typeof(Quote), typeof(Frame))] public partial class Market { }

        internal static class Program
        {
            {{members}}
        }
        """;

    /// <summary>The same with the statements of one method, which has senders and receivers as parameters.</summary>
    public static string WithMethod(string statements) => With($$"""
        public static void Run(
            Sender<Quote> sender, ExclusiveSender<Quote> exclusive, ByteSender bytes, ExclusiveByteSender exclusiveBytes, Sender<Frame> frames,
            Receiver<Quote> receiver, Receiver<Frame> frameReceiver, ByteReceiver byteReceiver,
            RecordSender recordSender, RecordReceiver recordReceiver,
            IpMpsc.Objects.ObjectSender<string> objects, IpMpsc.Objects.ObjectReceiver<string> objectReceiver,
            Market.Sender marketSender, Market.ExclusiveSender exclusiveMarket, Market.Receiver marketReceiver, bool condition)
        {
            {{statements}}
        }

        private static void Use<T>(T value) where T : allows ref struct { }
        private static void UseRef(in Price price) { }
        private static double Compute() => 1;

        private sealed class Checked { public readonly double Value; public Checked(double value) { if (value < 0) { throw new ArgumentException(nameof(value)); } Value = value; } }
        private sealed class Computed { public readonly double Value; public Computed() => Value = Compute(); }
        private sealed class Stored { public readonly double Value; public Stored(double value) => Value = value; }

        private sealed class Handler : Market.IHandler
        {
            public void Handle(Quote.View message) => Use(message.Bid);
            public void Handle(Frame.View message) => Use(message.Width);
        }
        """);
}
