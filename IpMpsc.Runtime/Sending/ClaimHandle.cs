using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Ring;

namespace IpMpsc.Sending;

/// <summary>What every kind of claim does. It remembers its position, so it can tell whether it is still the open claim.</summary>
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

    /// <summary>Commits the first <paramref name="shorter"/> bytes and gives the rest up.</summary>
    public void CommitShorter(int shorter, ushort messageId)
    {
        ThrowIfEnded();
        if ((uint)shorter > (uint)length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), shorter, string.Create(CultureInfo.InvariantCulture, $"The claim has {length:N0} bytes. Commit no more than those, or make a larger claim."));
        }

        producer.CommitShorter(RecordDescriptor.Describe(shorter, messageId, 0));
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

    // Static and not inlined: a rare end of the claim must not keep the claim in memory instead of registers.
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
            ThrowEnded();
        }
    }

    [DoesNotReturn]
    private static void ThrowEnded() => throw new InvalidOperationException(
        "The claim has ended: it was committed, aborted or disposed. Make a new claim for another message.");
}
