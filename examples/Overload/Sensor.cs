namespace IpMpsc.Examples.Overload;

/// <summary>Sends readings at its own pace. It must never wait: a reading that finds no room is dropped.</summary>
internal static class Sensor
{
    public const int Readings = 20_000;

    public static void Run(string channel)
    {
        using var sender = Sender<Reading>.Open(channel, new IpcChannelOptions { FullMode = FullMode.DropNewest });
        for (int number = 0; number < Readings; number++)
        {
            sender.Send(new Reading { Number = number });
        }
    }
}
