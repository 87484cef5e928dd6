using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>What the generated members of a controller say when they cannot do their work.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ControllerMembers
{
    /// <summary>The connection, or the messages, were asked for in the constructor.</summary>
    public static InvalidOperationException NoConnectionYet() =>
        new("There is no connection yet: the controller is constructed before the upgrade. "
            + "Use [OnOpen] for what needs the connection.");

    /// <summary>The generator refused the controller, and the build went on without Krait's analyzers.</summary>
    /// <param name="sentence">What is wrong, as the analyzer would say it.</param>
    public static InvalidOperationException Refused(string sentence) => new(sentence);
}
