using IpMpsc.Segments;

namespace IpMpsc.Tests.Support;

/// <summary>Joins a channel without the public types, for tests of code that uses an attachment.</summary>
internal static class Attachments
{
    /// <summary>Joins a channel of bytes that exists; the caller is the attachment's user.</summary>
    public static Attachment Join(string path, ChannelRole role)
    {
        ChannelSpec spec = new()
        {
            Path = path,
            ParticipantName = "test",
            Schema = default,
            DescribeDifference = static _ => null,
        };
        return ChannelOpener.Open(spec, OpenMode.OpenExisting, role);
    }
}
