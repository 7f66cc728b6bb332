using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Ring;

namespace IpMpsc.Sending;

/// <summary>What every kind of claim does; it knows by its position whether it is still the outstanding one.</summary>
internal readonly struct ClaimHandle(RingProducer producer, ProducerPool? pool, int length)
{
    private readonly long _position = producer.ClaimPosition;

    public Span<byte> Payload
    {
        get
        {
            ThrowIfEnded();
            return producer.Payload(_position, length);
        }
    }

    private bool IsOpen => producer is not null && producer.ClaimPosition == _position;

    public void Commit(ushort messageId, ushort schemaVersion)
    {
        ThrowIfEnded();
        producer.Commit(RecordDescriptor.Describe(length, messageId, schemaVersion));
        Return(producer, pool);
    }

    public void Abort()
    {
        ThrowIfEnded();
        Abort(producer, pool, _position);
    }

    public void Dispose()
    {
        if (IsOpen)
        {
            Abort(producer, pool, _position);
        }
    }

    // Static and not inlined: the end that every claim could take and few do shall not keep the claim in memory.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abort(RingProducer producer, ProducerPool? pool, long position)
    {
        producer.Abort(position);
        Return(producer, pool);
    }

    private static void Return(RingProducer producer, ProducerPool? pool)
    {
        if (pool is null)
        {
            producer.Exit();
        }
        else
        {
            pool.Return(producer);
        }
    }

    private void ThrowIfEnded()
    {
        if (!IsOpen)
        {
            ThrowHelper.ThrowClaimEnded();
        }
    }
}
