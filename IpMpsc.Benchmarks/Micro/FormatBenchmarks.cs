using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Micro;

/// <summary>Generated writers and views against pointers written by hand, without a channel.</summary>
public unsafe class FormatBenchmarks : IDisposable
{
    private readonly byte[] _text = LogText.Utf8Of(3).ToArray();
    private readonly byte* _payload = (byte*)NativeMemory.AlignedAlloc(4096, 64);
    private readonly Order _order = Order.Make(0, 1);
    private readonly int _length;

    public FormatBenchmarks()
    {
        LogLine line = new() { Number = 1, Ticks = 2, Level = 3, Text = LogText.Of(3) };
        _length = Measure(in line);
        Write(in line, Payload);
    }

    private Span<byte> Payload => new(_payload, _length);

    [Benchmark]
    public void WriteFixed() => Write(in _order, new Span<byte>(_payload + 2048, sizeof(Order)));

    [Benchmark]
    public void WriteFixedByHand() => *(Order*)(_payload + 2048) = _order;

    [Benchmark]
    public long ReadView()
    {
        LogLine.View line = new(Payload, 1);
        return line.Number + line.Level + line.Text.Length;
    }

    [Benchmark]
    public long ReadByHand()
    {
        byte* block = _payload;
        return *(long*)block + *(int*)(block + 16) + *(int*)(block + 24);
    }

    [Benchmark]
    public void FillWriter()
    {
        LogLine.Writer line = new(Payload);
        line.Number = 1;
        line.Ticks = 2;
        line.Level = 3;
        _text.CopyTo(line.Text);
    }

    [Benchmark]
    public void FillByHand()
    {
        byte* block = _payload;
        *(long*)block = 1;
        *(long*)(block + 8) = 2;
        *(int*)(block + 16) = 3;
        _text.CopyTo(new Span<byte>(block + *(int*)(block + 20), *(int*)(block + 24)));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        NativeMemory.AlignedFree(_payload);
        GC.SuppressFinalize(this);
    }

    private static int Measure<T>(in T message) where T : struct, IChannelMessage<T> => T.Measure(in message);

    private static void Write<T>(in T message, Span<byte> payload) where T : struct, IChannelMessage<T> => T.Write(in message, payload);
}
