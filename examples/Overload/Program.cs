using IpMpsc.Examples.Overload;

// What to do when senders are faster than the receiver. A display shows only the newest price of each instrument; a sensor drops readings that find
// no room. Exit code 0: every message was received or counted as dropped, and nothing was dropped that had to be kept.

switch (args)
{
    case ["feed", var channel]:
        Feed.Run(channel);
        return 0;

    case ["sensor", var channel]:
        Sensor.Run(channel);
        return 0;
}

DirectoryInfo home = Directory.CreateTempSubdirectory("overload-");
try
{
    bool showsLatest = Display.Run(Path.Join(home.FullName, "prices"));
    bool countsDropped = Recorder.Run(Path.Join(home.FullName, "readings"));
    return showsLatest && countsDropped ? 0 : 1;
}
finally
{
    home.Delete(recursive: true);
}
