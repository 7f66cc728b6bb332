using IpMpsc.Layout;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Hostile;

/// <summary>Overwrites one word of a segment at a time, in the header, a slot or the ring, with random and with chosen values.</summary>
internal sealed class Mutator(SegmentWords words, Random random)
{
    private const int Slots = 8;

    private static readonly long[] s_headerWords =
    [
        HeaderDescriptor.MagicOffset, HeaderDescriptor.LayoutVersionOffset, HeaderDescriptor.SlotCountOffset, HeaderDescriptor.CapacityOffset,
        HeaderDescriptor.CookieOffset, HeaderDescriptor.FingerprintOffset, HeaderDescriptor.SlotsOffset, HeaderDescriptor.SchemaOffset,
        HeaderDescriptor.SchemaLengthOffset, HeaderDescriptor.DataOffset, HeaderDescriptor.SegmentSizeOffset, HeaderDescriptor.ChannelIdOffset,
        HeaderDescriptor.CreatedOffset, HeaderDescriptor.CreatorOffset,
        HeaderDescriptor.TailOffset, HeaderDescriptor.HeadOffset, HeaderDescriptor.MessagesReceivedOffset, HeaderDescriptor.BytesReceivedOffset,
        HeaderDescriptor.ReceiverSignalOffset, HeaderDescriptor.ChannelStateOffset, HeaderDescriptor.SpaceSignalOffset,
        HeaderDescriptor.ReceiverIdentityOffset, HeaderDescriptor.BlockedAtOffset, HeaderDescriptor.BlockedSinceOffset, HeaderDescriptor.HeldMessagesOffset,
        HeaderDescriptor.HeldSinceOffset, HeaderDescriptor.CursorOffset, HeaderDescriptor.JoinsOffset, HeaderDescriptor.CompletedOffset,
    ];

    private static readonly long[] s_slotWords =
    [
        SlotDescriptor.ClaimPositionOffset, SlotDescriptor.ClaimLengthOffset, SlotDescriptor.MessagesOffset, SlotDescriptor.BytesOffset,
        SlotDescriptor.WaitsOffset, SlotDescriptor.IdentityOffset, SlotDescriptor.IdentityOffset + IdentityDescriptor.NameOffset,
    ];

    // Read before anything is overwritten.
    private readonly long _capacity = words.ReadInt64(HeaderDescriptor.CapacityOffset);
    private readonly long _data = words.ReadInt64(HeaderDescriptor.DataOffset);
    private readonly ulong _cookie = (ulong)words.ReadInt64(HeaderDescriptor.CookieOffset);
    private readonly long[] _header =
        [.. Enumerable.Range(0, HeaderDescriptor.TailLine / sizeof(long)).Select(word => words.ReadInt64(word * sizeof(long)))];

    public void Mutate()
    {
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                Overwrite(s_headerWords[random.Next(s_headerWords.Length)]);
                break;

            case 3 or 4 or 5:
                Overwrite(SegmentLayout.SlotsOffset + (random.Next(Slots) * SlotDescriptor.Size) + s_slotWords[random.Next(s_slotWords.Length)]);
                break;

            case 6 or 7 or 8:
                OverwriteRecord();
                break;

            default:
                Repair();
                break;
        }
    }

    private void Overwrite(long offset)
    {
        if (random.Next(2) == 0)
        {
            words.Write(offset, (uint)ChosenValue());
        }
        else
        {
            words.Write(offset, ChosenValue());
        }
    }

    private long ChosenValue()
    {
        long position = random.Next(2) == 0 ? words.Head : words.Tail;
        return random.Next(14) switch
        {
            0 => 0,
            1 => 1,
            2 => -1,
            3 => long.MaxValue,
            4 => long.MinValue,
            5 => _capacity,
            6 => position,
            7 => position + 16,
            8 => position - 16,
            9 => position + _capacity,
            10 => position - _capacity,
            11 => position + random.Next(-100, 100),
            12 => random.Next(8192),
            _ => random.NextInt64(long.MinValue, long.MaxValue),
        };
    }

    /// <summary>Writes a stamp, possibly a valid one, or a description where a record lies or could lie.</summary>
    private void OverwriteRecord()
    {
        long position = (words.Head + random.NextInt64(0, _capacity)) & ~15L;
        long record = _data + (position & (_capacity - 1) & ~15L);
        switch (random.Next(4))
        {
            case 0:
                words.Write(record, ChosenValue());
                break;

            case 1:
                words.Write(record, (long)Stamp.Of(position, _cookie, (RecordState)random.Next(1, 4)));
                break;

            case 2:
                words.Write(record + RecordDescriptor.LengthOffset, (uint)ChosenValue());
                break;

            default:
                words.Write(record + RecordDescriptor.LengthOffset, ChosenValue());
                break;
        }
    }

    /// <summary>Makes the header valid again, so that newcomers can open the channel.</summary>
    private void Repair()
    {
        for (int word = 0; word < _header.Length; word++)
        {
            words.Write(word * sizeof(long), _header[word]);
        }

        words.Write(HeaderDescriptor.ChannelStateOffset, 0u);
    }
}
