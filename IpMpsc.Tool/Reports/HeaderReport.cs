using IpMpsc.Platform;
using IpMpsc.Segments;

namespace IpMpsc.Tool.Reports;

/// <summary>The header fields of a file that could not be opened, in their order, as far as its layout is known.</summary>
internal static class HeaderReport
{
    /// <summary>Null if the file is too short, or cannot be read at all.</summary>
    public static OrderedDictionary<string, object>? TryRead(string name)
    {
        try
        {
            return Of(HeaderImage.Read(ChannelPath.Resolve(name)));
        }
        catch (ChannelFault)
        {
            return null;
        }
    }

    private static OrderedDictionary<string, object> Of(HeaderImage header)
    {
        OrderedDictionary<string, object> report = new()
        {
            ["fileSize"] = header.FileSize,
            ["magic"] = $"0x{header.Magic:X16}",
            ["isChannel"] = header.IsChannel,
        };
        if (header.IsChannel)
        {
            report["layoutVersion"] = header.LayoutVersion;
        }

        if (header.IsOfThisLayout)
        {
            report["capacity"] = header.Capacity;
            report["slots"] = header.SlotCount;
            report["schemaBytes"] = header.SchemaLength;
            report["segmentSize"] = header.SegmentSize;
            report["headPosition"] = header.Head;
            report["tailPosition"] = header.Tail;
            report["created"] = header.Created;
            report["creator"] = $"{header.Creator.Name} (process {header.Creator.ProcessId})";
            report["receiver"] = $"{header.Receiver.Name} (process {header.Receiver.ProcessId})";
        }

        return report;
    }
}
