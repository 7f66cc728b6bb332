namespace IpMpsc.Examples.ManyChannels;

/// <summary>A sending process: sends a message to each channel of its share, round after round.</summary>
internal static class Sending
{
    public static string PathOf(string directory, int channel) => Path.Join(directory, $"sensor-{channel}");

    public static bool IsThermometer(int channel) => channel % 2 == 0;

    public static void ToChannels(string directory, int part, int parts, int channels, int messages)
    {
        int[] mine = [.. Enumerable.Range(0, channels).Where(channel => channel % parts == part)];
        var thermometers = mine.Where(IsThermometer).Select(channel => Sender<Temperature>.Open(PathOf(directory, channel))).ToArray();
        var detectors = mine.Where(channel => !IsThermometer(channel)).Select(channel => Sender<Alarm>.Open(PathOf(directory, channel))).ToArray();
        for (int number = 0; number < messages; number++)
        {
            foreach (Sender<Temperature> thermometer in thermometers)
            {
                thermometer.Send(new Temperature { Number = number, Celsius = 20 + (number / 10.0) });
            }

            foreach (Sender<Alarm> detector in detectors)
            {
                detector.Send(new Alarm { Number = number, Reason = "smoke" });
            }
        }

        Array.ForEach(thermometers, thermometer => thermometer.Dispose());
        Array.ForEach(detectors, detector => detector.Dispose());
    }
}
