namespace IpMpsc.Examples.TwoMachines;

/// <summary>What the sensor measures.</summary>
[ChannelMessage]
internal partial struct Reading
{
    public const string Channel = "readings";

    public long Number;
    public double Celsius;
    public string Place;
}
