using System.IO.Pipelines;

namespace Krait;

/// <summary>
/// Marks a <see cref="PipeWriter"/> of a transport that can be completed at any moment, even while another thread is in
/// <see cref="PipeWriter.WriteAsync"/>. Krait then writes to it directly.
/// </summary>
/// <remarks>For authors of Kestrel transports, such as Krait.Sockets. A <see cref="Pipe"/>'s own writer needs no mark.</remarks>
public interface IConcurrentPipeWriter;
