using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Micro;

/// <summary>
/// Generated writers and views against hand-written pointer code, without a channel. Each call processes many
/// payloads, because a single one takes too little time to be measured.
/// </summary>
public unsafe class FormatBenchmarks : IDisposable
{
    private const int Payloads = 64;
    private const int Stride = 256;

    private readonly byte[] _text = LogText.Utf8Of(3).ToArray();
    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(Payloads * Stride, 64);
    private readonly Order[] _orders = new Order[Payloads];
    private readonly int _length;

    public FormatBenchmarks()
    {
        LogLine line = new() { Number = 1, Ticks = 2, Level = 3, Text = LogText.Of(3) };
        _length = Measure(in line);
        for (int index = 0; index < Payloads; index++)
        {
            _orders[index] = Order.Make(0, index);
            Write(in line, PayloadOf(index));
        }
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public void WriteFixed()
    {
        for (int index = 0; index < Payloads; index++)
        {
            Write(in _orders[index], new Span<byte>(PlaceOf(index), sizeof(Order)));
        }
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public void WriteFixedByHand()
    {
        for (int index = 0; index < Payloads; index++)
        {
            *(Order*)PlaceOf(index) = _orders[index];
        }
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public long ReadView()
    {
        long sum = 0;
        for (int index = 0; index < Payloads; index++)
        {
            LogLine.View line = new(PayloadOf(index), 1);
            sum += line.Number + line.Level + line.Text.Length;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public long ReadByHand()
    {
        long sum = 0;
        for (int index = 0; index < Payloads; index++)
        {
            byte* block = PlaceOf(index);
            sum += *(long*)block + *(int*)(block + 16) + *(int*)(block + 24);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public void FillWriter()
    {
        for (int index = 0; index < Payloads; index++)
        {
            LogLine.Writer line = new(PayloadOf(index));
            line.Number = 1;
            line.Ticks = 2;
            line.Level = 3;
            _text.CopyTo(line.Text);
        }
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public void FillByHand()
    {
        for (int index = 0; index < Payloads; index++)
        {
            byte* block = PlaceOf(index);
            *(long*)block = 1;
            *(long*)(block + 8) = 2;
            *(int*)(block + 16) = 3;
            _text.CopyTo(new Span<byte>(block + *(int*)(block + 20), *(int*)(block + 24)));
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        GC.SuppressFinalize(this);
    }

    private byte* PlaceOf(int index) => _memory + (index * Stride);

    private Span<byte> PayloadOf(int index) => new(PlaceOf(index), _length);

    private static int Measure<T>(in T message) where T : struct, IChannelMessage<T> => T.Measure(in message);

    private static void Write<T>(in T message, Span<byte> payload) where T : struct, IChannelMessage<T> => T.Write(in message, payload);
}
