using IpMpsc.Core;
using IpMpsc.Layout;

namespace IpMpsc.Participants;

/// <summary>What every kind of claim does; it knows by its position whether it is still the outstanding one.</summary>
internal readonly struct OpenClaim(RingProducer producer, ProducerPool? pool, int length)
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
        Return();
    }

    public void Abort()
    {
        ThrowIfEnded();
        producer.Abort(_position);
        Return();
    }

    public void Dispose()
    {
        if (IsOpen)
        {
            producer.Abort(_position);
            Return();
        }
    }

    private void Return()
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
