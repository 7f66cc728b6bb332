using BenchmarkDotNet.Attributes;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Micro;

/// <summary>Each way of sending a message of 48 bytes, including the receive that makes room for the next one.</summary>
public class ClaimBenchmarks
{
    private readonly byte[] _bytes = new byte[48];
    private Order _order = Order.Make(0, 1);
    private Receiver<Order>? _receiver;
    private ExclusiveSender<Order>? _exclusive;
    private Sender<Order>? _shared;
    private ByteReceiver? _byteReceiver;
    private ByteSender? _byteSender;

    [GlobalSetup]
    public void Open()
    {
        _receiver = Receiver<Order>.CreateTemporary();
        _exclusive = ExclusiveSender<Order>.Open(_receiver.Path);
        _shared = Sender<Order>.Open(_receiver.Path);
        _byteReceiver = ByteReceiver.CreateTemporary();
        _byteSender = ByteSender.Open(_byteReceiver.Path);
    }

    [GlobalCleanup]
    public void Close()
    {
        _exclusive!.Dispose();
        _shared!.Dispose();
        _receiver!.Dispose();
        _byteSender!.Dispose();
        _byteReceiver!.Dispose();
    }

    [Benchmark(Baseline = true)]
    public long SendExclusive()
    {
        _exclusive!.Send(in _order);
        return _receiver!.Receive().Count;
    }

    [Benchmark]
    public long SendShared()
    {
        _shared!.Send(in _order);
        return _receiver!.Receive().Count;
    }

    [Benchmark]
    public long ClaimAndCommit()
    {
        using (Claim<Order> claim = _exclusive!.Claim())
        {
            claim.Writer = _order;
            claim.Commit();
        }

        using ReceivedMessage<Order> message = _receiver!.ReceiveInPlace();
        return message.View.Count;
    }

    [Benchmark]
    public int SendBytes()
    {
        _byteSender!.Send(_bytes);
        using ReceivedBytes message = _byteReceiver!.ReceiveInPlace();
        return message.Payload.Length;
    }
}
