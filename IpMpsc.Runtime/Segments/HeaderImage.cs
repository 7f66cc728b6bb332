using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// The header of a file that could not be opened as a channel, to show why. The numbers are those of the file;
/// none of them was checked.
/// </summary>
internal sealed record HeaderImage
{
    public required ulong Magic { get; init; }

    public required uint LayoutVersion { get; init; }

    public required long FileSize { get; init; }

    public required long Capacity { get; init; }

    public required uint SlotCount { get; init; }

    public required long SchemaLength { get; init; }

    public required long SegmentSize { get; init; }

    public required long Head { get; init; }

    public required long Tail { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required (int ProcessId, string Name) Creator { get; init; }

    public required (int ProcessId, string Name) Receiver { get; init; }

    /// <summary>Whether the file begins with a channel's magic number.</summary>
    public bool IsChannel => Magic == HeaderDescriptor.Magic;

    /// <summary>Whether the file has the layout version of this library, so that its numbers mean what their names say.</summary>
    public bool IsOfThisLayout => IsChannel && LayoutVersion == HeaderDescriptor.LayoutVersion;

    /// <summary>Reads the header of a file; stores nothing and takes no lock.</summary>
    /// <exception cref="ChannelFault">The file cannot be opened, or is shorter than a header.</exception>
    public static unsafe HeaderImage Read(string path)
    {
        using SegmentFile file = HostPlatform.Current.Segments.OpenToRead(path, HeaderDescriptor.Size);
        SegmentHeader header = new(file.Address);
        return new HeaderImage
        {
            Magic = header.Magic,
            LayoutVersion = header.LayoutVersion,
            FileSize = file.Length,
            Capacity = header.Capacity,
            SlotCount = header.SlotCount,
            SchemaLength = header.SchemaLength,
            SegmentSize = header.SegmentSize,
            Head = SharedWord.LoadHead(header.Head),
            Tail = SharedWord.LoadTail(header.Tail),
            Created = header.Created,
            Creator = (header.Creator.ProcessId, header.Creator.Name),
            Receiver = (header.Receiver.ProcessId, header.Receiver.Name),
        };
    }
}
