// Two programs' definitions of one message: the same id, different fields.
namespace IpMpsc.Tests.BadInput.Old
{
    /// <summary>The order as one program defines it.</summary>
    [ChannelMessage(Id = 5)]
    public partial struct Order
    {
        public int Id;
        public int Amount;
    }
}

namespace IpMpsc.Tests.BadInput.New
{
    /// <summary>The order as the other program defines it, in the same number of bytes.</summary>
    [ChannelMessage(Id = 5)]
    public partial struct Order
    {
        public int Id;
        public float Amount;
    }
}

namespace IpMpsc.Tests.BadInput.Moved
{
    /// <summary>The same declaration in the namespace of another program.</summary>
    [ChannelMessage]
    public partial struct Order
    {
        public int Id;
        public long Amount;
    }
}
