namespace IpMpsc.Tool.Tests.Support;

/// <summary>An enum in a message.</summary>
public enum OrderSide : byte
{
    Buy,
    Sell,
}
