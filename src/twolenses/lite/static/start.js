/* The service worker before anything else, so that the first visit already keeps what it loads. */
const workers = navigator.serviceWorker
if (workers) {
  try {
    const taken = new Promise(resolve => workers.addEventListener("controllerchange", resolve, { once: true }))
    const registered = await workers.register(new URL("../service-worker.js?enableCache=true", location.href))
    if (!workers.controller && !registered.active) {
      await Promise.race([taken, new Promise(resolve => setTimeout(resolve, 5000))])
    }
  } catch (error) {
    console.info("The page works, and is not kept for a visit without network:", error.message)
  }
}
