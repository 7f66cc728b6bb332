namespace IpMpsc.Generators.Tests.Messages;

[System.Runtime.CompilerServices.InlineArray(8)]
public struct Eight
{
    private short _first;
}
