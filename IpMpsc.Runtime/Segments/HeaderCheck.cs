using System.Globalization;
using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// Checks a segment's header before anything behind it is used. Each check throws a <see cref="ChannelFault"/> that
/// names both sides.
/// </summary>
internal static unsafe class HeaderCheck
{
    private const string CreateAgain =
        "If nobody needs its messages, create it again: open its receiver with Replace, or delete it with IpcChannel.Delete or 'ipmpsc delete'.";

    /// <summary>Requires that a file is a channel of this library's layout version; checks nothing else.</summary>
    public static SegmentHeader RequireChannel(SegmentFile file, string path)
    {
        SegmentHeader header = new(file.Address);
        if (header.Magic != HeaderDescriptor.Magic)
        {
            throw new ChannelFault(
                FaultKind.Mismatch,
                $"'{path}' is not a channel: it begins with 0x{header.Magic:X16} instead of 0x{HeaderDescriptor.Magic:X16}. " +
                $"Nothing was changed; choose another name, or remove the file yourself.");
        }

        return header.LayoutVersion == HeaderDescriptor.LayoutVersion
            ? header
            : throw new ChannelFault(
                FaultKind.Mismatch,
                $"Channel '{path}' has layout version {header.LayoutVersion}, this program's library has {HeaderDescriptor.LayoutVersion}. " +
                $"Both sides need the same major version of IpMpsc.");
    }

    /// <summary>Requires that the header's sizes agree and lie within the file.</summary>
    /// <returns>The layout, from values that were read once: another process may write into the header at any time.</returns>
    public static SegmentLayout RequireLayout(SegmentHeader header, long fileLength, string path)
    {
        SegmentLayout layout = new(header.Capacity, (int)header.SlotCount, (int)Math.Clamp(header.SchemaLength, -1, int.MaxValue));
        if (!layout.IsPlausible
            || header.SlotsOffset != SegmentLayout.SlotsOffset
            || header.SchemaOffset != layout.SchemaOffset
            || header.DataOffset != layout.DataOffset
            || header.SegmentSize != layout.SegmentSize
            || (header.Cookie & Stamp.StateMask) != 0)
        {
            throw new ChannelFault(
                FaultKind.Corrupt,
                $"The header of channel '{path}' is damaged: capacity {header.Capacity:N0}, slots {header.SlotCount:N0}, " +
                $"schema {header.SchemaLength:N0} bytes and size {header.SegmentSize:N0} contradict each other. Replace the channel.");
        }

        if (fileLength < layout.SegmentSize)
        {
            throw new ChannelFault(
                FaultKind.Corrupt,
                $"The file of channel '{path}' was truncated: it has {fileLength:N0} bytes, its header says {layout.SegmentSize:N0}. Replace the channel.");
        }

        return layout;
    }

    /// <summary>Requires positions that a participant can have stored.</summary>
    public static void RequirePositions(SegmentView segment)
    {
        // Both positions may be moving fast. The head that was read before the tail cannot be past it; the head that
        // was read after the tail is at most a capacity behind it.
        long before = SharedWord.LoadHead(segment.Header.Head);
        long tail = SharedWord.LoadTail(segment.Header.Tail);
        long after = SharedWord.LoadHead(segment.Header.Head);
        if (before < 0
            || ((before | tail | after) & (long)Stamp.StateMask) != 0
            || before > tail
            || tail - after > segment.Layout.Capacity + (-after & (segment.Layout.Capacity - 1))) // The room of a filler at head is free.
        {
            throw new ChannelFault(
                FaultKind.Corrupt,
                $"The positions of channel '{segment.Path}' are damaged: head {after:N0}, tail {tail:N0}, capacity {segment.Layout.Capacity:N0}. Replace the channel.");
        }
    }

    /// <summary>Requires that a sound channel is the one that the program expects.</summary>
    public static void RequireSame(SegmentView segment, ChannelSpec spec)
    {
        if (segment.Header.WakeMechanism is var wakeUp && wakeUp != HostPlatform.Current.WakeMechanism)
        {
            throw Different(
                $"its participants wake each other by {wakeUp}, this program by {HostPlatform.Current.WakeMechanism}",
                "All participants need the same operating system and the same value of IPMPSC_WAIT.");
        }

        if (spec.Capacity is { } capacity && capacity != segment.Layout.Capacity)
        {
            throw Different(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it was created with a capacity of {segment.Layout.Capacity:N0} bytes, this program asks for {capacity:N0}"),
                $"Leave IpcChannelOptions.Capacity unset to accept any capacity. {CreateAgain}");
        }

        if (spec.SlotCount is { } slots && slots != segment.Layout.SlotCount)
        {
            throw Different(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it was created with {segment.Layout.SlotCount:N0} sender slots, this program asks for {slots:N0}"),
                $"Leave IpcChannelOptions.MaxSenders unset to accept any number. {CreateAgain}");
        }

        byte[] schema = segment.Schema.ToArray();
        bool same = segment.Header.Fingerprint == SchemaFingerprint.Of(spec.Schema.Span)
            && schema.AsSpan().SequenceEqual(spec.Schema.Span);
        if (!same && spec.DescribeDifference(schema) is { } difference)
        {
            throw Different(difference, CreateAgain);
        }

        ChannelFault Different(string how, string advice) => new(
            FaultKind.Mismatch, $"Channel '{spec.Path}' is not what this program expects: {how}. {advice}");
    }
}
