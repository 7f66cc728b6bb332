namespace Exploring.Engine;

/// <summary>A run did something that it must not do.</summary>
internal sealed class ExplorationFailure(string message) : Exception(message);

/// <summary>Thrown by every hook after the end of a run, so that its threads end. No code may swallow it.</summary>
internal sealed class RunEnded : Exception;
