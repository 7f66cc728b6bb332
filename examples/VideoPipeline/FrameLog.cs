using System.Globalization;

namespace IpMpsc.Examples.VideoPipeline;

/// <summary>What became of the frames, as the processes report it.</summary>
internal sealed class FrameLog(Settings settings)
{
    private readonly HashSet<(int Camera, int Number)> _done = [];
    private readonly HashSet<(int Camera, int Number)> _dropped = [];
    private readonly List<double> _latencies = [];
    private int _again;
    private int _torn;

    /// <summary>Frames that were worked on, or dropped.</summary>
    public int Settled
    {
        get
        {
            lock (_done)
            {
                return _done.Count + _dropped.Count;
            }
        }
    }

    /// <summary>Whether each frame of each camera was worked on or dropped, and none was lost or torn.</summary>
    public bool IsComplete => _torn == 0 && (
        from camera in Enumerable.Range(0, Settings.Cameras)
        from number in Enumerable.Range(0, settings.Frames)
        select (camera, number)).All(frame => _done.Contains(frame) || _dropped.Contains(frame));

    public void Note(string line)
    {
        string[] words = line.Split(' ');
        (int, int) frame = (Number(words[1]), Number(words[2]));
        lock (_done)
        {
            switch (words[0])
            {
                case "done":
                    _again += _done.Add(frame) ? 0 : 1;
                    _latencies.Add(Number(words[3]));
                    break;

                case "dropped":
                    _dropped.Add(frame);
                    break;

                default:
                    _torn++;
                    break;
            }
        }
    }

    public override string ToString()
    {
        _latencies.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Policy}: {_done.Count} frames done, {_dropped.Count} dropped, {_again} again after a kill; " +
            $"latency {Percentile(50):0.0} ms in the median, {Percentile(99):0.0} ms for 99 %; none lost: {IsComplete}");
    }

    private double Percentile(int percent) => _latencies.Count == 0 ? 0 : _latencies[(_latencies.Count - 1) * percent / 100] / 1000;

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
