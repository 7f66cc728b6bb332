namespace IpMpsc.Generators.Tests.Messages;

public enum Side : byte
{
    Buy = 1,
    Sell = 2,
}
