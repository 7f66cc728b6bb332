using System.Threading.Channels;

namespace IpMpsc.Tests.Waiting;

/// <summary>
/// Code written for System.Threading.Channels runs unchanged: each test runs over a channel of that
/// library and over one of this library.
/// </summary>
[CancelAfter(30_000)]
[TestFixture(true)]
[TestFixture(false)]
public sealed class ChannelAdaptorTests(bool ours)
{
    private Receiver<Tick>? _receiver;
    private Sender<Tick>? _sender;
    private ChannelReader<Tick> _reader = null!;
    private ChannelWriter<Tick> _writer = null!;

    [SetUp]
    public void Open()
    {
        // Room for two ticks.
        if (ours)
        {
            _receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { Capacity = 64, EndWithSenders = true });
            _sender = Sender<Tick>.Open(_receiver.Path);
            _reader = _receiver.AsChannelReader();
            _writer = _sender.AsChannelWriter();
        }
        else
        {
            Channel<Tick> channel = System.Threading.Channels.Channel.CreateBounded<Tick>(2);
            (_reader, _writer) = (channel.Reader, channel.Writer);
        }
    }

    [TearDown]
    public void Close()
    {
        _sender?.Dispose();
        _receiver?.Dispose();
    }

    [Test]
    public async Task AProducerAndAConsumer(CancellationToken watchdog)
    {
        Task producer = Task.Run(
            async () =>
            {
                for (int number = 0; number < 1_000; number++)
                {
                    await _writer.WriteAsync(new Tick { Number = number }, watchdog);
                }

                _writer.Complete();
            },
            watchdog);

        long expected = 0;
        await foreach (Tick tick in _reader.ReadAllAsync(watchdog))
        {
            Assert.That(tick.Number, Is.EqualTo(expected++));
        }

        await producer;
        await _reader.Completion;
        Assert.That(expected, Is.EqualTo(1_000));
    }

    [Test]
    public async Task WaitingAndTryingInTurn(CancellationToken watchdog)
    {
        Task producer = Task.Run(
            async () =>
            {
                int number = 0;
                while (number < 1_000 && await _writer.WaitToWriteAsync(watchdog))
                {
                    while (number < 1_000 && _writer.TryWrite(new Tick { Number = number }))
                    {
                        number++;
                    }
                }

                Assert.That(_writer.TryComplete());
            },
            watchdog);

        long expected = 0;
        while (await _reader.WaitToReadAsync(watchdog))
        {
            while (_reader.TryRead(out Tick tick))
            {
                Assert.That(tick.Number, Is.EqualTo(expected++));
            }
        }

        await producer;
        Assert.That(expected, Is.EqualTo(1_000));
    }

    [Test]
    public void FullAndEmptyAreResults()
    {
        Assert.That(_reader.TryRead(out _), Is.False);
        Assert.That(_writer.TryWrite(new Tick { Number = 1 }));
        Assert.That(_writer.TryWrite(new Tick { Number = 2 }));
        Assert.That(_writer.TryWrite(new Tick { Number = 3 }), Is.False);
        Assert.That(_reader.CanPeek);
        Assert.That(_reader.TryPeek(out Tick peeked));
        Assert.That(peeked.Number, Is.EqualTo(1));
        Assert.That(_reader.TryRead(out Tick read));
        Assert.That(read.Number, Is.EqualTo(1));
        Assert.That(_writer.TryWrite(new Tick { Number = 3 }));
    }

    [Test]
    public async Task AReaderCompletesWhenAllIsRead(CancellationToken watchdog)
    {
        _writer.TryWrite(new Tick { Number = 1 });
        Assert.That(_writer.TryComplete());

        Assert.That(_writer.TryComplete(), Is.False);
        Assert.That(_writer.TryWrite(default), Is.False);
        Assert.That(await _writer.WaitToWriteAsync(watchdog), Is.False);
        Assert.ThrowsAsync<ChannelClosedException>(async () => await _writer.WriteAsync(default, watchdog));
        Assert.That(_reader.Completion.IsCompleted, Is.False);
        Assert.That((await _reader.ReadAsync(watchdog)).Number, Is.EqualTo(1));
        await _reader.Completion.WaitAsync(watchdog);
        Assert.That(await _reader.WaitToReadAsync(watchdog), Is.False);
        Assert.ThrowsAsync<ChannelClosedException>(async () => await _reader.ReadAsync(watchdog));
    }

    [Test]
    public async Task CancellingEndsReadsAndWrites()
    {
        using CancellationTokenSource source = new();
        ValueTask<bool> read = _reader.WaitToReadAsync(source.Token);
        await source.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(async () => await read);

        _writer.TryWrite(default);
        _writer.TryWrite(default);
        using CancellationTokenSource other = new();
        ValueTask write = _writer.WriteAsync(default, other.Token);
        ValueTask<bool> room = _writer.WaitToWriteAsync(other.Token);
        await other.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(async () => await write);
        Assert.CatchAsync<OperationCanceledException>(async () => await room);
    }

    [Test]
    public async Task AReaderCompletesWhenItsReceiverIsDisposed(CancellationToken watchdog)
    {
        Assume.That(ours, "only the library's own reader has a receiver");
        Task completion = _reader.Completion;
        Task<bool> waiting = _reader.WaitToReadAsync(watchdog).AsTask();
        _receiver!.Dispose();

        Assert.That(await waiting.WaitAsync(watchdog), Is.False);
        await completion.WaitAsync(watchdog);
        Assert.That(_reader.Completion.IsCompletedSuccessfully);
        Assert.That(_reader.TryRead(out _), Is.False);
        Assert.That(_reader.TryPeek(out _), Is.False);
        Assert.That(async () => await _reader.ReadAsync(watchdog), Throws.TypeOf<ChannelClosedException>());
    }

    [Test]
    public void AReaderThatNobodyWaitsForCompletesWhenItsReceiverIsDisposed()
    {
        Assume.That(ours, "only the library's own reader has a receiver");
        _receiver!.Dispose();
        Assert.That(_reader.Completion.IsCompletedSuccessfully);
    }
}
