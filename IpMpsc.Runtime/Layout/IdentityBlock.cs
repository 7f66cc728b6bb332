using System.Text;

namespace IpMpsc.Layout;

/// <summary>Reads and writes an <see cref="IdentityDescriptor">identity</see> in the segment.</summary>
internal readonly unsafe struct IdentityBlock(byte* address)
{
    public int ProcessId => *(int*)(address + IdentityDescriptor.ProcessIdOffset);

    public DateTimeOffset Joined => UnixTime.ToDate(*(long*)(address + IdentityDescriptor.JoinedOffset));

    public string Name
    {
        get
        {
            // A copy, because the decoder reads the bytes twice and fails if their owner changes them in between.
            Span<byte> bytes = stackalloc byte[IdentityDescriptor.NameSize];
            new ReadOnlySpan<byte>(address + IdentityDescriptor.NameOffset, IdentityDescriptor.NameSize).CopyTo(bytes);
            int end = bytes.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        }
    }

    /// <summary>Whether a sender's slot belongs to a source, see <c>RecordForwarder</c>.</summary>
    public bool IsForwarder
    {
        get => SharedWord.LoadKind(address) == IdentityDescriptor.Forwarder;
        set => SharedWord.StoreKind(address, value ? IdentityDescriptor.Forwarder : 0);
    }

    public void Write(int processId, DateTimeOffset joined, string name)
    {
        *(int*)(address + IdentityDescriptor.ProcessIdOffset) = processId;
        *(long*)(address + IdentityDescriptor.JoinedOffset) = joined.ToUnixTimeMilliseconds();
        Span<byte> bytes = new(address + IdentityDescriptor.NameOffset, IdentityDescriptor.NameSize);
        bytes.Clear();
        Encoding.UTF8.GetEncoder().Convert(name, bytes, flush: true, out _, out _, out _);
    }
}
