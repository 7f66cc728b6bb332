namespace IpMpsc.Telemetry;

/// <summary>What the meter reads from a participant.</summary>
internal interface IMetered
{
    /// <summary>Path of its channel.</summary>
    string Channel { get; }

    /// <summary>"sender" or "receiver".</summary>
    string Role { get; }

    /// <summary>What it has counted since it joined.</summary>
    ChannelTally Tally { get; }

    /// <summary>What is true of its channel now.</summary>
    long Read(ChannelGauge gauge);
}
