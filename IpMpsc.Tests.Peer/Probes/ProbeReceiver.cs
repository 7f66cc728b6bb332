namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Every way to receive, for every kind of channel. Each message is verified before it is returned.</summary>
public abstract class ProbeReceiver : IDisposable
{
    /// <summary>More messages of 64 bytes than fit what a batch releases at once.</summary>
    private const int BatchLength = 300;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(20);

    public abstract int MaxMessageSize { get; }

    public abstract Probe Receive(CancellationToken cancellation = default);

    public abstract bool TryReceive(out Probe probe);

    public abstract bool TryReceive(out Probe probe, TimeSpan timeout, CancellationToken cancellation = default);

    /// <summary>ReceiveInPlace; tells <paramref name="whileHeld"/> of the message before it releases it.</summary>
    public abstract Probe ReceiveInPlace(Action<Probe>? whileHeld = null, CancellationToken cancellation = default);

    public abstract bool TryReceiveInPlace(out Probe probe);

    public abstract bool TryReceiveInPlace(out Probe probe, TimeSpan timeout, CancellationToken cancellation = default);

    /// <summary>ReadAll, until <paramref name="take"/> returns false.</summary>
    public abstract void ReadAll(Func<Probe, bool> take, CancellationToken cancellation = default);

    public abstract int Drain(Action<Probe> take, int maxMessages = int.MaxValue);

    /// <summary>ReceiveBatch, or TryReceiveBatch with a timeout or without.</summary>
    public virtual int ReceiveBatch(ReceiveWay way, Action<Probe> take, int maxMessages, TimeSpan timeout = default, CancellationToken cancellation = default) =>
        throw new NotSupportedException("Raw bytes have no batches.");

    /// <summary>Receives a number of messages and enters each into the ledger.</summary>
    public void ReceiveMany(long count, ReceiveWay way, ProbeLedger ledger)
    {
        long received = 0;
        while (received < count)
        {
            received += ReceiveSome(count - received, way, ledger);
        }
    }

    public abstract void Dispose();

    private long ReceiveSome(long most, ReceiveWay way, ProbeLedger ledger)
    {
        Probe probe;
        switch (way)
        {
            case ReceiveWay.Receive:
                ledger.Enter(Receive());
                return 1;

            case ReceiveWay.InPlace:
                ledger.Enter(ReceiveInPlace());
                return 1;

            case ReceiveWay.TryReceive:
                return OneOrYield(TryReceive(out probe), probe, ledger);

            case ReceiveWay.TryReceiveFor:
                return OneOrYield(TryReceive(out probe, s_timeout), probe, ledger);

            case ReceiveWay.TryInPlace:
                return OneOrYield(TryReceiveInPlace(out probe), probe, ledger);

            case ReceiveWay.TryInPlaceFor:
                return OneOrYield(TryReceiveInPlace(out probe, s_timeout), probe, ledger);

            case ReceiveWay.ReadAll:
                long read = 0;
                ReadAll(next =>
                {
                    ledger.Enter(next);
                    return ++read < most;
                });
                return read;

            case ReceiveWay.Drain:
                int drained = Drain(ledger.Enter, (int)most);
                if (drained == 0)
                {
                    Thread.Yield();
                }

                return drained;

            case ReceiveWay.Batch or ReceiveWay.TryBatch or ReceiveWay.TryBatchFor:
                int inBatch = ReceiveBatch(way, ledger.Enter, (int)Math.Min(most, BatchLength), s_timeout);
                if (inBatch == 0)
                {
                    Thread.Yield();
                }

                return inBatch;

            default:
                throw new InvalidOperationException($"There is no way '{way}' to receive.");
        }
    }

    private static int OneOrYield(bool received, Probe probe, ProbeLedger ledger)
    {
        if (received)
        {
            ledger.Enter(probe);
            return 1;
        }

        Thread.Yield();
        return 0;
    }
}
