// Programs with different definitions of one message.
#pragma warning disable IPM0022 // One id, on purpose: they stand for several programs.
namespace IpMpsc.Nats.Tests.Support.Old
{
    [ChannelMessage(Id = 5, Name = "Price")]
    public partial struct Price
    {
        public double Bid;
    }
}

namespace IpMpsc.Nats.Tests.Support.New
{
    [ChannelMessage(Id = 5, Name = "Price")]
    public partial struct Price
    {
        public float Bid;
    }
}

namespace IpMpsc.Nats.Tests.Support.Grown
{
    [ChannelMessage(Id = 5, Name = "Price", Version = 2)]
    public partial struct Price
    {
        public double Bid;
        [Since(2)] public double Ask;
    }
}
