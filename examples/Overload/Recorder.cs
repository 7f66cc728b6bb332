namespace IpMpsc.Examples.Overload;

/// <summary>Records readings, and counts the gaps and what they lack.</summary>
internal static class Recorder
{
    public static bool Run(string channel)
    {
        using var receiver = Receiver<Reading>.Create(channel, new IpcChannelOptions { Capacity = 4096, EndWithSenders = true });
        using var sensor = Partner.Start("sensor", channel);
        int recorded = 0, gaps = 0, last = -1;
        long dropped = 0;
        bool isInOrder = true;
        foreach (var message in receiver.ReadAll())
        {
            isInOrder &= message.View.Number > last;
            last = message.View.Number;
            recorded++;
            if (receiver.DroppedMessages != dropped)
            {
                gaps++;
                dropped = receiver.DroppedMessages;
            }

            Thread.SpinWait(1_000); // writing
        }

        dropped = receiver.DroppedMessages; // includes those dropped after the last reading that arrived
        Console.WriteLine($"{Sensor.Readings:N0} readings: {recorded:N0} recorded in order, {dropped:N0} dropped in {gaps:N0} gaps");
        return isInOrder && recorded + dropped == Sensor.Readings;
    }
}
