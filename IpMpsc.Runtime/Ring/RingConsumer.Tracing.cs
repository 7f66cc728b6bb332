using System.Diagnostics;
using IpMpsc.Layout;
using IpMpsc.Telemetry;

namespace IpMpsc.Ring;

/// <content>Tracing: messages with a trailer, which says when and in which context they were sent.</content>
internal sealed unsafe partial class RingConsumer
{
    /// <summary>Whether the message in hand has a trailer.</summary>
    public bool HasTrailer => _recordSize > RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(_description));

    /// <summary>The trailer of a traced message that is in hand or held.</summary>
    public byte* Trailer(long position, ulong description) =>
        _data + (position & _mask) + RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description));

    /// <summary>Takes a message with a trailer in hand.</summary>
    private ReceiveOutcome AcceptTraced(byte* record)
    {
        ReceiveOutcome outcome = Accept(record);
        if (outcome != ReceiveOutcome.Message || (_cursor & _mask) + _recordSize + TrailerDescriptor.Size > _capacity)
        {
            _recordSize = 0;
            return ReceiveOutcome.Corrupt;
        }

        _recordSize += TrailerDescriptor.Size;
        return ReceiveOutcome.Message;
    }

    /// <summary>Measures how long the message in hand was in the ring, if it has a trailer, is taken for the first time, and somebody listens.</summary>
    private void MeasureTimeInRing()
    {
        if (_recordSize > 0 && HasTrailer && _cursor >= _measuredTo)
        {
            _measuredTo = _cursor + _recordSize;
            if (ChannelMeter.MeasuresTimeInRing)
            {
                ChannelMeter.MeasureTimeInRing(Attachment.Path, Stopwatch.GetElapsedTime(TrailerDescriptor.ReadSent(Trailer(_cursor, _description))));
            }
        }
    }
}
