// Two programs' ideas of one message: same id, other fields.
namespace IpMpsc.Tests.BadInput.Old
{
    /// <summary>The order as it was.</summary>
    [ChannelMessage(Id = 5)]
    public partial struct Order
    {
        public int Id;
        public int Amount;
    }
}

namespace IpMpsc.Tests.BadInput.New
{
    /// <summary>The order as it became, in the same number of bytes.</summary>
    [ChannelMessage(Id = 5)]
    public partial struct Order
    {
        public int Id;
        public float Amount;
    }
}
