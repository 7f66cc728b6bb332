using IpMpsc;

namespace Company.Weather1.Messages;

/// <summary>What a sensor has measured.</summary>
[ChannelMessage]
public partial struct Reading
{
    public int Sensor;
    public long Number;
    public double Celsius;
    public string Place;
}
